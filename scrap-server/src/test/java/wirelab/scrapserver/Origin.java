package wirelab.scrapserver;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// An HTTP server that says, octet for octet, what the test tells it to. Safe for many threads.
final class Origin implements AutoCloseable {
    /// What it does with a connection, once the head of the request is read.
    @FunctionalInterface
    interface Behaviour {
        void answer(Socket connection) throws IOException, InterruptedException;
    }

    private final ServerSocket listener = new ServerSocket();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private volatile Behaviour behaviour;

    Origin(int port, Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), port));
        Thread.ofVirtual().start(this::accept);
    }

    static Behaviour page(String entityTag, String... links) {
        var body = new StringBuilder("<!DOCTYPE html><title>Index</title>");
        for (var link : links) {
            body.append("<a href=\"").append(link).append("\">x</a>");
        }
        return says("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: \"" + entityTag
                + "\"\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
    }

    static Behaviour says(String answer) {
        return connection -> {
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            connection.shutdownOutput();
        };
    }

    int port() {
        return listener.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    void now(Behaviour other) {
        behaviour = other;
    }

    /// The head of the next request, for which it waits.
    String nextHead() throws InterruptedException {
        var head = heads.poll(30, TimeUnit.SECONDS);
        if (head == null) {
            throw new AssertionError("no request came");
        }
        return head;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var connection = listener.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int octet = connection.getInputStream().read();
                if (octet < 0) {
                    return;
                }
                head.append((char) octet);
            }
            heads.add(head.toString());
            behaviour.answer(connection);
        } catch (IOException e) {
            // The scrap server gave up on us, as some tests want it to.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        goAway();
    }

    /// From now on the port is closed.
    void goAway() throws IOException {
        listener.close();
        for (var connection : connections) {
            connection.close();
        }
    }
}

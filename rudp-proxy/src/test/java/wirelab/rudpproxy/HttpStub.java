package wirelab.rudpproxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// An HTTP server of a few lines, which answers as a test says. Each connection has a thread of its own.
final class HttpStub implements AutoCloseable {
    /// What is said to one who asks.
    @FunctionalInterface
    interface Answer {
        /// Answers one request.
        ///
        /// @param target of the request, as `/file.bin`
        void give(String target, OutputStream out) throws IOException;
    }

    private final ServerSocket listener = new ServerSocket();
    private final Answer answer;

    HttpStub(Answer answer) throws IOException {
        this.answer = answer;
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2000);
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    /// The first lines of an answer with so many octets.
    static void head(OutputStream out, long size) throws IOException {
        var head = "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: " + size + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                var connection = listener.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                // Closed, or the next one.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            answer.give(target(connection.getInputStream()), connection.getOutputStream());
            connection.shutdownOutput();
            connection.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The other end has gone.
        }
    }

    private static String target(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("no request");
            }
            head.append((char) octet);
        }
        return head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP"));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}

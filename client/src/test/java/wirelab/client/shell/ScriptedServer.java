package wirelab.client.shell;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A TCP server that reads a request up to its empty line, and answers with what it was told to. Safe for many threads.
final class ScriptedServer implements AutoCloseable {
    /// What it does once the request is there.
    @FunctionalInterface
    interface Script {
        void answer(Socket connection) throws IOException;
    }

    private final ServerSocket socket = new ServerSocket();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Script script;

    private ScriptedServer(Script script) throws IOException {
        this.script = script;
        socket.bind(new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), 0));
    }

    static ScriptedServer doing(Script script) throws IOException {
        var server = new ScriptedServer(script);
        Thread.ofVirtual().start(server::serve);
        return server;
    }

    /// Sends these characters, and closes when the client has.
    static ScriptedServer saying(String answer) throws IOException {
        return doing(connection -> {
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            connection.getInputStream().read();
        });
    }

    /// Sends these characters, and closes at once.
    static ScriptedServer sayingAndLeaving(String answer) throws IOException {
        return doing(connection -> connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    List<String> requests() {
        return requests;
    }

    private void serve() {
        try {
            while (true) {
                try (var connection = socket.accept()) {
                    requests.add(request(connection));
                    script.answer(connection);
                }
            }
        } catch (IOException e) {
            // The test is over, or the client has gone; either way there is nobody left to answer.
            assert socket.isBound();
        }
    }

    private static String request(Socket connection) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int octet = connection.getInputStream().read();
            if (octet < 0) {
                break;
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

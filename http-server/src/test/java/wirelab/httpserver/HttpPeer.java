package wirelab.httpserver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import wirelab.wire.Bytes;

/// A client that sends just what it is told, and fails where an answer does not come. Confined to one thread.
final class HttpPeer implements AutoCloseable {
    /// Shorter than the server's own patience with a client that does not read (30 seconds).
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    HttpPeer(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    }

    static String get(String target, String... fields) {
        return request("GET", target, fields);
    }

    static String request(String method, String target, String... fields) {
        var more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + more + "\r\n";
    }

    /// Sends octets, given one a character.
    void send(String latin1) throws IOException {
        send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    Answer ask(String request) throws IOException {
        send(request);
        return request.startsWith("HEAD ") ? readHead() : read();
    }

    Answer read() throws IOException {
        var head = readHead();
        int size = Integer.parseInt(head.field("Content-Length").orElse("0"));
        var body = head.status() == 304 ? new byte[0] : in.readNBytes(size);
        if (head.status() != 304 && body.length < size) {
            throw new EOFException("a body of " + body.length + " octets instead of " + size);
        }
        return new Answer(head.status(), head.lines(), Bytes.copyOf(body));
    }

    /// A head, up to its empty line.
    Answer readHead() throws IOException {
        var head = new ByteArrayOutputStream();
        var text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the connection ended after: " + text);
            }
            head.write(octet);
            text = octet == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
        }
        return Answer.of(text.substring(0, text.length() - 4), new byte[0]);
    }

    InputStream in() {
        return in;
    }

    /// Sends nothing more.
    void end() throws IOException {
        socket.shutdownOutput();
    }

    /// Waits for what comes next, and tells whether it is the end.
    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    /// Leaves as a process does that is killed with unread octets: by RST.
    void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package wirelab.httpserver.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import wirelab.httpserver.engine.HttpConnection.Step;

/// A connection without a socket: octets go in, the octets of all answers come out. Confined to one thread.
public final class TestConnection {
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    public static final Instant MODIFIED = Instant.parse("2026-11-24T10:42:27.5Z");
    private static final byte[] DATE = "Tue, 24 Nov 2026 12:00:00 GMT".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);

    private static final Map<String, Resource> RESOURCES = Map.of(
            "/", file(),
            "/file", file(),
            "/dir", new Resource.Directory(),
            "/forbidden", new Resource.Forbidden("a symbolic link"),
            "/failed", new Resource.Failed("the file could not be read"),
            "/busy", new Resource.Busy());

    private final HttpConnection connection;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> asked = new ArrayList<>();
    private ByteBuffer left = ByteBuffer.allocate(0);
    private Instant now = NOW;
    private boolean lingers;
    private boolean closed;

    public TestConnection() {
        this(ServerPolicy.STANDARD);
    }

    public TestConnection(ServerPolicy policy) {
        connection = new HttpConnection(policy, NOW);
    }

    /// A file of ten octets.
    public static Resource.Representation file() {
        return Resource.Representation.of(
                CONTENT.length, MODIFIED, EntityTag.of(CONTENT.length, MODIFIED), "text/plain", "test");
    }

    public static String get(String target, String... fields) {
        var more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + more + "\r\n";
    }

    /// All that is answered to octets that come at once.
    public static String answer(String octets) {
        return new TestConnection().send(octets).text();
    }

    public static int status(String octets) {
        return Integer.parseInt(answer(octets).substring(9, 12));
    }

    public TestConnection send(String latin1) {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    public TestConnection send(byte[] octets) {
        var in = ByteBuffer.allocate(left.remaining() + octets.length)
                .put(left)
                .put(octets)
                .flip();
        go(connection.handle(in, now), in);
        return this;
    }

    public TestConnection at(Instant time) {
        now = time;
        go(connection.tick(now), left);
        return this;
    }

    public TestConnection end() {
        go(connection.ended(now), left);
        return this;
    }

    public TestConnection drain() {
        go(connection.drain(now), left);
        return this;
    }

    private void go(Step first, ByteBuffer in) {
        var step = first;
        left = in;
        while (true) {
            switch (step) {
                case Step.NeedMore() -> {
                    if (!in.hasRemaining()) {
                        return;
                    }
                    step = connection.handle(in, now);
                }
                case Step.Wait() -> {
                    return;
                }
                case Step.Continue() -> {
                    out.writeBytes(HttpConnection.CONTINUE.getBytes(StandardCharsets.US_ASCII));
                    step = connection.handle(in, now);
                }
                case Step.Find(var wanted) -> {
                    var path = wanted.path();
                    asked.add(path.toString());
                    var resource = RESOURCES.getOrDefault(path.toString(), new Resource.Missing());
                    step = connection.found(resource, now, now);
                }
                case Step.Send(var reply) -> {
                    write(reply);
                    step = connection.sent(now);
                }
                case Step.Linger() -> {
                    lingers = true;
                    return;
                }
                case Step.Close(var _) -> {
                    closed = true;
                    return;
                }
            }
        }
    }

    private void write(Reply reply) {
        var head = ByteBuffer.allocate(reply.headSize());
        reply.writeHead(head, DATE);
        out.writeBytes(head.array());
        switch (reply.body()) {
            case Reply.Body.None() -> {}
            case Reply.Body.Text(var text) -> out.writeBytes(text.toArray());
            case Reply.Body.Slice(long from, long count) -> out.write(CONTENT, (int) from, (int) count);
            case Reply.Body.Parts(var parts, var end) -> {
                for (var part : parts) {
                    out.writeBytes(part.head().toArray());
                    out.write(CONTENT, (int) part.slice().from(), (int)
                            part.slice().count());
                }
                out.writeBytes(end.toArray());
            }
        }
    }

    public HttpConnection connection() {
        return connection;
    }

    /// All octets that were sent so far.
    public String text() {
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /// The paths that were looked up.
    public List<String> asked() {
        return asked;
    }

    /// Whether we have sent our last octet, and wait for the client's.
    public boolean lingers() {
        return lingers;
    }

    public boolean isClosed() {
        return closed;
    }

    public boolean isOver() {
        return lingers || closed;
    }
}

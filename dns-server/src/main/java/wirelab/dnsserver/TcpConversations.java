package wirelab.dnsserver;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import wirelab.daemon.TcpServer;
import wirelab.dns.DnsCodec;
import wirelab.dnsserver.engine.Carrier;
import wirelab.wire.Bytes;

/// Queries and answers over TCP, each with its length before it, as many as the client likes. Safe for many threads.
///
/// ```
/// +--------+---------+--------+---------+
/// | length | message | length | message | ...
/// +--------+---------+--------+---------+
///  2        length octets
/// ```
///
/// Whatever queries one read has brought are answered by one write, in their order. The connection ends when the client
/// ends it, or has not finished a query or read its answers within the idle time.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-4.2.2 RFC 1035
/// @spec https://www.rfc-editor.org/rfc/rfc7766 RFC 7766
final class TcpConversations implements TcpServer.Handler, AutoCloseable {
    private static final int PREFIX = 2;
    private static final int IN_OCTETS = 4096;
    private static final int OUT_OCTETS = 16_384;

    private final Resolver resolver;
    private final Duration idle;
    private final StalledWrites stalled;

    TcpConversations(Resolver resolver, Duration idle) {
        this.resolver = resolver;
        this.idle = idle;
        this.stalled = new StalledWrites(idle);
    }

    @Override
    public void serve(Socket connection) throws IOException {
        var out = new BufferedOutputStream(connection.getOutputStream(), OUT_OCTETS);
        var in = ByteBuffer.allocate(IN_OCTETS);
        long since = System.nanoTime();
        while (read(connection, in, since)) {
            in.flip();
            int before = in.position();
            stalled.begin(connection);
            try {
                boolean goesOn = answerAll(connection, in, out);
                out.flush();
                if (!goesOn) {
                    return;
                }
            } finally {
                stalled.end(connection);
            }
            since = in.position() > before ? System.nanoTime() : since;
            in = withRoom(in.compact());
        }
    }

    /// Answers what is complete.
    ///
    /// @return false at what is no query: its sender has most likely lost count of the lengths
    private boolean answerAll(Socket connection, ByteBuffer in, OutputStream out) throws IOException {
        var from = (InetSocketAddress) connection.getRemoteSocketAddress();
        var responder = resolver.borrow();
        try {
            while (isComplete(in)) {
                int length = Short.toUnsignedInt(in.getShort());
                var query = in.slice(in.position(), length);
                in.position(in.position() + length);
                var answer = responder.answer(query, from, Carrier.TCP);
                if (!answer.hasRemaining()) {
                    return false;
                }
                write(answer, out);
                for (var more = responder.more(); more.hasNext(); ) {
                    stalled.begin(connection); // each message has the idle time of its own
                    write(more.next().toBuffer(), out);
                    letOthersGoOn();
                }
            }
            return true;
        } finally {
            resolver.giveBack(responder);
        }
    }

    // A zone may be long, and whoever takes it quick: no write of it waits, and so the carrier of this virtual thread
    // would be free for nobody else.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void letOthersGoOn() {
        Thread.yield();
    }

    private static void write(ByteBuffer answer, OutputStream out) throws IOException {
        out.write(answer.remaining() >>> 8);
        out.write(answer.remaining());
        if (answer.hasArray()) {
            out.write(answer.array(), answer.arrayOffset() + answer.position(), answer.remaining());
        } else {
            out.write(Bytes.copyOf(answer).toArray());
        }
    }

    /// Reads what is there, or waits for it; false if the client has ended, or the time for this query has.
    private boolean read(Socket connection, ByteBuffer in, long since) throws IOException {
        long left = idle.minusNanos(System.nanoTime() - since).toMillis();
        if (left <= 0) {
            return false;
        }
        connection.setSoTimeout((int) left);
        try {
            int count = connection.getInputStream().read(in.array(), in.arrayOffset() + in.position(), in.remaining());
            in.position(in.position() + Math.max(0, count));
            return count >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static boolean isComplete(ByteBuffer in) {
        return in.remaining() >= PREFIX && in.remaining() >= PREFIX + Short.toUnsignedInt(in.getShort(in.position()));
    }

    // Most queries are of some fifty octets; room for the longest is made when one comes.
    private static ByteBuffer withRoom(ByteBuffer in) {
        return in.hasRemaining()
                ? in
                : ByteBuffer.allocate(PREFIX + DnsCodec.MAX_OCTETS).put(in.flip());
    }

    @Override
    public void close() {
        stalled.close();
    }
}

package wirelab.rudpproxy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.MonotonicClock;
import wirelab.daemon.Transport;
import wirelab.rudp.Content;
import wirelab.scrap.ScrapCodec;
import wirelab.scrap.ScrapFailure;
import wirelab.scrap.ScrapFailure.Kind;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// One question to the scrap server, over a TCP connection from a fixed address and port. Confined to one thread.
///
/// A fixed port meets TIME_WAIT (RFC 9293 section 3.6.1): whoever closes first keeps the pair of addresses for a
/// minute.
/// So this end reads up to the server's FIN before it closes. The server then is the one in TIME_WAIT, and takes the
/// next
/// SYN all the same, for its sequence number is beyond the old connection's (RFC 6191). Should the two FINs have
/// crossed,
/// both ends wait; then Linux lets a port on loopback be used again after a second, so we try for a while, and after
/// that
/// take any port: the client's list matters more than the port.
final class ScrapLeg {
    private static final Logger LOG = LoggerFactory.getLogger(ScrapLeg.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration PORT_PATIENCE = Duration.ofMillis(1500);
    private static final Duration PORT_STEP = Duration.ofMillis(50);

    private final InetSocketAddress scrap;
    private final InetSocketAddress source;
    private final InstantSource clock = new MonotonicClock();

    ScrapLeg(InetSocketAddress scrap, InetSocketAddress source) {
        this.scrap = scrap;
        this.source = source;
    }

    /// Asks, and waits for the answer, a few seconds at most. What goes wrong is the answer then.
    Content ask(Bytes request) throws InterruptedException {
        var where = Transport.TCP.describe(scrap);
        try {
            return Content.of(exchange(request, clock.instant().plus(TIMEOUT)));
        } catch (MalformedException e) {
            return failure(Kind.PROTOCOL, "the scrap server " + where + " answers nonsense: " + e.getMessage());
        } catch (SocketTimeoutException e) {
            return failure(Kind.UNAVAILABLE, "the scrap server " + where + " does not answer in time");
        } catch (ConnectException e) {
            return failure(Kind.UNAVAILABLE, "the scrap server " + where + " is not there: " + e.getMessage());
        } catch (IOException e) {
            return failure(Kind.UNAVAILABLE, "the scrap server " + where + ": " + e.getMessage());
        }
    }

    private static Content failure(Kind kind, String text) {
        LOG.atWarn().addKeyValue("why", text).log("no list");
        return Content.of(ScrapCodec.encode(ScrapFailure.of(kind, text)));
    }

    private Bytes exchange(Bytes request, Instant deadline)
            throws IOException, MalformedException, InterruptedException {
        try (var socket = connect(deadline)) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(request.toArray());
            var reply = readToEnd(socket, deadline);
            ScrapCodec.decode(reply);
            return reply;
        }
    }

    private Socket connect(Instant deadline) throws IOException, InterruptedException {
        var enough = clock.instant().plus(PORT_PATIENCE);
        while (true) {
            try {
                return connect(source, deadline);
            } catch (BindException e) {
                // Both EADDRINUSE, by bind, and EADDRNOTAVAIL, by connect to a pair in TIME_WAIT, come as this.
                if (!clock.instant().isBefore(enough)) {
                    LOG.atWarn()
                            .addKeyValue("source", Transport.TCP.describe(source))
                            .addKeyValue("error", e.getMessage())
                            .log("the fixed port is not free: taking another");
                    return connect(new InetSocketAddress(source.getAddress(), 0), deadline);
                }
                Thread.sleep(PORT_STEP);
            }
        }
    }

    private Socket connect(InetSocketAddress from, Instant deadline) throws IOException {
        var socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.bind(from);
            socket.connect(scrap, millisUntil(deadline));
            return socket;
        } catch (IOException e) {
            socket.close();
            // NoRouteToHostException is how the JDK spells EADDRNOTAVAIL of a connect.
            if (String.valueOf(e.getMessage()).contains("Cannot assign requested address")) {
                throw (BindException) new BindException(e.getMessage()).initCause(e);
            }
            throw e;
        }
    }

    private Bytes readToEnd(Socket socket, Instant deadline) throws IOException, MalformedException {
        var reply = new WireWriter(1024);
        var octets = new byte[16 * 1024];
        while (true) {
            socket.setSoTimeout(millisUntil(deadline));
            int count = socket.getInputStream().read(octets);
            if (count < 0) {
                return reply.toBytes();
            }
            if (reply.position() + count > Content.LARGEST) {
                throw new MalformedException(Content.LARGEST, "a reply longer than that");
            }
            reply.bytes(Arrays.copyOf(octets, count));
        }
    }

    private int millisUntil(Instant deadline) throws SocketTimeoutException {
        long left = Duration.between(clock.instant(), deadline).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) left;
    }
}

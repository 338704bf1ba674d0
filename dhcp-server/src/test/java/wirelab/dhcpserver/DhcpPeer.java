package wirelab.dhcpserver;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// The client's end of the wire, in a private network: sends to the server, and has what came back. Confined to one
/// thread.
final class DhcpPeer implements AutoCloseable {
    /// Linux gives a socket that is bound to this address what is sent to it, and nothing else.
    static final String BROADCAST = "255.255.255.255";

    private static final int PATIENCE_SECONDS = 30;
    private static final int AGAIN_SECONDS = 2;
    private static final int TRIES = 15;

    /// A reply.
    ///
    /// @param from its source, as `10.20.30.40 67`
    /// @param payload its octets
    /// @param message what they say
    record Received(String from, Bytes payload, DhcpMessage message) {}

    private final Process relay;
    private final BufferedWriter out;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

    private DhcpPeer(Process relay) throws IOException {
        this.relay = relay;
        this.out = relay.outputWriter(StandardCharsets.US_ASCII);
        var lines = relay.inputReader(StandardCharsets.US_ASCII);
        if (!"up".equals(lines.readLine())) {
            throw new IOException("the relay of datagrams did not start");
        }
        Thread.ofPlatform().daemon().start(() -> receive(lines));
    }

    /// A peer that receives what is sent to `address`, port 68.
    static DhcpPeer at(String address, PrivateNetwork network) throws IOException, URISyntaxException {
        URI classes = DatagramRelay.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        return new DhcpPeer(network.start(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of(classes).toString(),
                DatagramRelay.class.getName(),
                address,
                "68"));
    }

    private void receive(BufferedReader lines) {
        lines.lines().map(DhcpPeer::parse).forEach(received::add);
    }

    private static Received parse(String line) {
        int space = line.lastIndexOf(' ');
        var payload = Bytes.hex(line.substring(space + 1));
        try {
            return new Received(line.substring(0, space), payload, DhcpCodec.decode(payload));
        } catch (MalformedException e) {
            throw new IllegalStateException("the server sent " + payload, e);
        }
    }

    /// Broadcasts.
    void send(DhcpMessage message) throws IOException {
        send(DhcpCodec.encode(message));
        out.flush();
    }

    /// Broadcasts, at the latest when the next message is sent.
    void send(Bytes payload) throws IOException {
        send(BROADCAST, payload);
    }

    void sendTo(String address, DhcpMessage message) throws IOException {
        send(address, DhcpCodec.encode(message));
        out.flush();
    }

    private void send(String address, Bytes payload) throws IOException {
        out.write(address + " 67 " + payload.toHex() + "\n");
    }

    /// The next reply, to whatever.
    Received next() throws IOException, InterruptedException {
        return next(PATIENCE_SECONDS);
    }

    private Received next(int seconds) throws IOException, InterruptedException {
        var reply = received.poll(seconds, TimeUnit.SECONDS);
        if (reply == null) {
            throw new IOException("no reply in " + seconds + " s");
        }
        return reply;
    }

    /// The next reply, after `message` is sent.
    Received ask(DhcpMessage message) throws IOException, InterruptedException {
        send(message);
        return next();
    }

    /// The reply that has the xid of `message`, which is sent again while none comes: what a client does whose
    /// datagrams may get lost in a crowd.
    Received askInACrowd(DhcpMessage message) throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            send(message);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(AGAIN_SECONDS);
            while (System.nanoTime() < end) {
                var reply = received.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (reply != null && reply.message().xid() == message.xid()) {
                    return reply;
                }
            }
        }
        throw new IOException("no reply to " + TRIES + " messages");
    }

    @Override
    public void close() throws IOException {
        out.close();
        relay.onExit().join();
    }
}

package wirelab.client.shell;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import wirelab.client.engine.DhcpClient;
import wirelab.client.engine.Lease;
import wirelab.client.engine.Verdict;
import wirelab.client.output.Narration;
import wirelab.client.output.Printable;
import wirelab.daemon.BindFailure;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.daemon.UdpBinding;
import wirelab.daemon.UdpSocket;
import wirelab.dhcp.DhcpCodec;
import wirelab.wire.MalformedException;

/// Gets an address from a DHCP server, and gives it back. Confined to one thread.
public final class Leasing {
    private static final String PROTOCOL = "dhcp";

    private final Context context;
    private final LeaseConfig config;
    private final DhcpClient engine;
    private final Instant began;
    private Instant first;
    private Instant last;
    private int sent;
    private int received;

    public Leasing(Context context, LeaseConfig config) {
        this.context = context;
        this.config = config;
        this.began = context.now();
        this.first = began;
        this.last = began;
        this.engine = DhcpClient.init(config.settings(), context.random(), began);
    }

    /// Datagrams sent, and datagrams received that the engine took.
    public int packets() {
        return sent + received;
    }

    /// When the first message left.
    public Instant firstSent() {
        return first;
    }

    /// From the first message sent to the last one taken: what a capture shows, without this program's own start.
    public Duration time() {
        return Duration.between(first, last);
    }

    /// Asks until there is a lease.
    ///
    /// @throws ExitException if no server gives one in time
    public Lease acquire() throws IOException, ExitException {
        var giveUp = began.plus(context.timeout());
        try (var socket = open()) {
            while (engine.lease().isEmpty()) {
                var now = context.now();
                if (!now.isBefore(giveUp)) {
                    throw noLease();
                }
                engine.tick(now);
                send(socket);
                var alarm = engine.deadline().isBefore(giveUp) ? engine.deadline() : giveUp;
                socket.receive(context.until(alarm), this::take);
            }
        }
        return engine.lease().orElseThrow();
    }

    /// Gives the lease back: nothing comes in answer. The address must still be on its interface.
    public void release(Lease lease) throws IOException, ExitException {
        engine.release(context.now());
        var from = new InetSocketAddress(lease.address(), config.client().getPort());
        var to = new InetSocketAddress(lease.server(), config.server().getPort());
        try (var peer = UdpPeer.connect(from, to, "--dhcp-client")) {
            for (var next = engine.poll(); next.isPresent(); next = engine.poll()) {
                var message = next.get().message();
                var payload = DhcpCodec.encode(message);
                context.trace().sent(to, PROTOCOL, payload.size(), Narration.of(message));
                peer.send(payload);
                sent++;
            }
        }
    }

    private UdpSocket open() throws ExitException {
        var local = config.client();
        // A broadcast leaves by the device the socket is bound to; one that has an address of its own needs neither.
        boolean broadcasts = local.getAddress().isAnyLocalAddress();
        var binding =
                broadcasts ? UdpBinding.to(local).onDevice(config.device()).withBroadcast() : UdpBinding.to(local);
        try {
            return UdpSocket.open(binding);
        } catch (IOException e) {
            throw BindFailure.explain(e, local, Transport.UDP, "--dhcp-client");
        }
    }

    private void send(UdpSocket socket) throws IOException, ExitException {
        for (var next = engine.poll(); next.isPresent(); next = engine.poll()) {
            var message = next.get().message();
            var payload = DhcpCodec.encode(message);
            context.trace().sent(config.server(), PROTOCOL, payload.size(), Narration.of(message));
            first = sent == 0 ? context.now() : first;
            socket.send(payload.toBuffer(), config.server());
            sent++;
        }
        try {
            socket.flush();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private ExitException unreachable(IOException cause) {
        return new ExitException(
                ExitCode.UNAVAILABLE,
                cause.getMessage() + ": " + config.device() + " needs a route to that address (ip route add "
                        + config.server().getAddress().getHostAddress() + "/32 dev " + config.device()
                        + "), or run it in the lab: scripts/lab run",
                cause);
    }

    private void take(ByteBuffer payload, InetSocketAddress from) {
        int octets = payload.remaining();
        try {
            var message = DhcpCodec.decode(payload);
            switch (engine.handle(message, (Inet4Address) from.getAddress(), context.now())) {
                case Verdict.Accepted() -> {
                    received++;
                    last = context.now();
                    context.trace().received(from, PROTOCOL, octets, Narration.of(message));
                }
                case Verdict.Ignored(var why) ->
                    context.trace().ignored(from, PROTOCOL, octets, Narration.of(message), why);
            }
        } catch (MalformedException e) {
            context.trace().ignored(from, PROTOCOL, octets, "not DHCP", String.valueOf(e.getMessage()));
        }
    }

    private ExitException noLease() {
        var refusal = engine.lastRefusal();
        if (refusal.isPresent()) {
            return new ExitException(
                    ExitCode.UNAVAILABLE, "the DHCP server refused to let an address: " + Printable.of(refusal.get()));
        }
        return Silence.of("a DHCP server", config.server(), sent, context.since(began));
    }
}

package wirelab.client.shell;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import wirelab.client.engine.DhcpClient;
import wirelab.client.engine.Lease;
import wirelab.client.engine.LeaseNews;
import wirelab.client.engine.Tenancy;
import wirelab.client.output.Narration;
import wirelab.client.output.Printable;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.DhcpCodec;

/// Gets an address from a DHCP server, renews it once, or gives it back. Confined to one thread.
public final class Leasing {
    private final Context context;
    private final LeaseConfig config;
    private final DhcpClient engine;
    private final Instant began;
    private Instant first;
    private Duration time = Duration.ZERO;
    private int sent;
    private int received;

    /// Begins without a lease.
    public Leasing(Context context, LeaseConfig config) {
        this(context, config, DhcpClient.init(config.settings(), context.random(), context.now()));
    }

    private Leasing(Context context, LeaseConfig config, DhcpClient engine) {
        this.context = context;
        this.config = config;
        this.engine = engine;
        this.began = context.now();
        this.first = began;
    }

    /// Begins with a lease of an earlier run, of which [#acquire] asks if it still holds.
    public static Leasing rebooting(Context context, LeaseConfig config, Tenancy earlier) {
        return new Leasing(
                context, config, DhcpClient.initReboot(config.settings(), earlier, context.random(), context.now()));
    }

    /// Begins with a lease that holds.
    public static Leasing bound(Context context, LeaseConfig config, Tenancy tenancy) {
        return new Leasing(
                context, config, DhcpClient.bound(config.settings(), tenancy, context.random(), context.now()));
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
        return time;
    }

    /// The lease and its times, once there is one.
    public Optional<Tenancy> tenancy() {
        return engine.tenancy();
    }

    /// Asks until there is a lease.
    ///
    /// @throws ExitException if no server gives one in time
    public Lease acquire() throws IOException, ExitException {
        exchange(Optional.empty(), () -> engine.lease().isPresent());
        return engine.lease().orElseThrow();
    }

    /// Asks for more time until there is some.
    ///
    /// @throws ExitException if the server refuses, or does not answer in time
    public Tenancy renew() throws IOException, ExitException {
        var before = engine.tenancy().orElseThrow();
        engine.renew(context.now());
        exchange(
                Optional.of(before.lease().address()),
                () -> engine.lease().isEmpty()
                        || engine.tenancy().filter(before::equals).isEmpty());
        for (var news = engine.news(); news.isPresent(); news = engine.news()) {
            if (news.get() instanceof LeaseNews.Lost(var lease, var why)) {
                throw new ExitException(
                        ExitCode.UNAVAILABLE,
                        lease.address().getHostAddress() + " is lost: " + Printable.of(why)
                                + "; `client dhcp` gets another");
            }
        }
        return engine.tenancy().orElseThrow();
    }

    private void exchange(Optional<Inet4Address> source, BooleanSupplier done) throws IOException, ExitException {
        var giveUp = began.plus(context.timeout());
        try (var link = DhcpLink.open(context, config, source)) {
            while (!done.getAsBoolean()) {
                var now = context.now();
                if (!now.isBefore(giveUp)) {
                    throw noLease(link.sent());
                }
                engine.tick(now);
                for (var next = engine.poll(); next.isPresent(); next = engine.poll()) {
                    link.send(next.get());
                }
                var alarm = engine.deadline().isBefore(giveUp) ? engine.deadline() : giveUp;
                link.receive(context.until(alarm), (message, from) -> engine.handle(message, from, context.now()));
            }
            first = link.firstSent();
            time = link.time();
            sent += link.sent();
            received += link.received();
        }
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
                context.trace().sent(to, DhcpLink.PROTOCOL, payload.size(), Narration.of(message));
                DhcpLink.show(context, config, payload);
                peer.send(payload);
                sent++;
            }
        }
    }

    private ExitException noLease(int asked) {
        var refusal = engine.lastRefusal();
        if (refusal.isPresent()) {
            return new ExitException(
                    ExitCode.UNAVAILABLE, "the DHCP server refused to let an address: " + Printable.of(refusal.get()));
        }
        return Silence.of("a DHCP server", config.server(), asked, context.since(began));
    }
}

package wirelab.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import wirelab.client.engine.LeaseNews;
import wirelab.client.engine.Pace;
import wirelab.client.engine.Tenancy;
import wirelab.client.output.Printable;
import wirelab.client.output.Quantity;
import wirelab.client.output.Screen;
import wirelab.client.shell.AddressCheck;
import wirelab.client.shell.AtExit;
import wirelab.client.shell.Context;
import wirelab.client.shell.HostAddress;
import wirelab.client.shell.LeaseConfig;
import wirelab.client.shell.LeaseFile;
import wirelab.client.shell.LeaseKeeper;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// `client dhcp --stay`: the lease is kept until ^C, and each event of its life is a line. Confined to one thread.
final class LeaseKeeping {
    /// For a RELEASE and its address at the end of the process.
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Screen screen;
    private final Context context;
    private final LeaseConfig config;
    private final LeaseFile file;

    LeaseKeeping(Screen screen, Context context, LeaseConfig config, LeaseFile file) {
        this.screen = screen;
        this.context = context;
        this.config = config.with(config.settings().at(Pace.RFC2131));
        this.file = file;
    }

    /// Returns after SIGINT or SIGTERM, which the JVM makes the exit status of.
    ExitCode run(boolean release) throws IOException, ExitException {
        var done = new CountDownLatch(1);
        var earlier = file.read().filter(saved -> saved.left(context.now()).isPositive());
        earlier.ifPresent(saved -> screen.line("asking whether "
                + saved.lease().address().getHostAddress() + " is still ours, as " + file.path() + " says"));
        try (var keeper = new LeaseKeeper(context, config, earlier, check(), this::hear);
                var _ = AtExit.doing(() -> end(keeper, done))) {
            keeper.keep(release);
            return ExitCode.INTERRUPTED;
        } finally {
            done.countDown();
        }
    }

    private Optional<AddressCheck> check() {
        try {
            return Optional.of(AddressCheck.on(context, config.device()));
        } catch (IOException e) {
            screen.note("no look by ARP if somebody else has the address: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// A lease that cannot be kept for later is one all the same.
    private void keep(Tenancy tenancy) {
        try {
            file.write(tenancy);
        } catch (IOException e) {
            screen.note("the lease is not kept for the next run: " + e);
        }
    }

    private static void end(LeaseKeeper keeper, CountDownLatch done) {
        keeper.stop();
        try {
            boolean _ = done.await(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(LeaseNews news) throws IOException, ExitException {
        var now = context.now();
        screen.line(describe(news, now));
        switch (news) {
            case LeaseNews.Bound(var tenancy) -> {
                new HostAddress(
                                context.trace(),
                                config.device(),
                                tenancy.lease().address())
                        .take();
                keep(tenancy);
            }
            case LeaseNews.Renewed(var tenancy) -> keep(tenancy);
            case LeaseNews.Lost(var lease, var _) -> {
                new HostAddress(context.trace(), config.device(), lease.address()).drop();
                file.delete();
            }
            case LeaseNews.Released(var lease) -> {
                new HostAddress(context.trace(), config.device(), lease.address()).drop();
                file.delete();
            }
            case LeaseNews.Refused _ -> file.delete();
            case LeaseNews.Renewing _, LeaseNews.Rebinding _, LeaseNews.Declined _ -> {}
        }
    }

    /// As `bound: 10.20.30.51 from 10.20.30.40 for 1h, to be renewed in 30m, by any server in 3150s`.
    static String describe(LeaseNews news, Instant now) {
        return switch (news) {
            case LeaseNews.Bound(var tenancy) -> "bound: " + times(tenancy, now);
            case LeaseNews.Renewed(var tenancy) -> "renewed: " + times(tenancy, now);
            case LeaseNews.Renewing(var lease) ->
                "renewing: asking " + lease.server().getHostAddress();
            case LeaseNews.Rebinding(var _) -> "rebinding: no answer, asking any server";
            case LeaseNews.Refused(var why) -> "refused: " + Printable.of(why);
            case LeaseNews.Declined(var address) ->
                "declined: somebody else has " + address.getHostAddress() + "; asking again in 10s";
            case LeaseNews.Lost(var lease, var why) ->
                "lost: " + lease.address().getHostAddress() + ", " + Printable.of(why);
            case LeaseNews.Released(var lease) -> "released: " + lease.address().getHostAddress();
        };
    }

    private static String times(Tenancy tenancy, Instant now) {
        var lease = DhcpCommand.describe(tenancy.lease());
        return tenancy.t1().equals(Instant.MAX)
                ? lease
                : lease + ", to be renewed in " + in(now, tenancy.t1()) + ", by any server in " + in(now, tenancy.t2());
    }

    private static String in(Instant now, Instant then) {
        // Rounded: a packet's way has taken a part of the first second.
        return Quantity.duration(
                Duration.ofSeconds(Duration.between(now, then).plusMillis(500).toSeconds()));
    }
}

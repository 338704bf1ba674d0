package wirelab.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import wirelab.client.engine.Lease;
import wirelab.client.engine.Tenancy;
import wirelab.client.output.Json;
import wirelab.client.output.Quantity;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Context;
import wirelab.client.shell.HostAddress;
import wirelab.client.shell.LeaseConfig;
import wirelab.client.shell.LeaseFile;
import wirelab.client.shell.LeaseLoad;
import wirelab.client.shell.Leasing;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// `client dhcp`: DISCOVER, OFFER, REQUEST, ACK, and the address on its interface.
@Command(
        name = "dhcp",
        description = "Gets an address by DHCP and puts it on the interface, and renews it, keeps it or gives it back.")
final class DhcpCommand implements Callable<Integer> {
    private static final int MOST_CLIENTS = 1_000_000;

    /// As many offers as dhcp-server holds.
    private static final int MOST_AT_ONCE = 4096;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    LeaseOptions options = new LeaseOptions();

    @Mixin
    ClientIdentity identity = new ClientIdentity();

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    Mode mode = new Mode();

    @Option(
            names = "--lease-file",
            paramLabel = "FILE",
            description = "Where the lease is kept from one run to the next (default: in $XDG_STATE_HOME/wirelab, or"
                    + " ~/.local/state/wirelab, a file an interface and a hardware address).")
    Optional<Path> leaseFile = Optional.empty();

    @Option(
            names = "--at-once",
            paramLabel = "COUNT",
            defaultValue = "64",
            description = "How many of --clients ask at the same time (default: ${DEFAULT-VALUE}).")
    int atOnce = 64;

    @Option(
            names = "--raw",
            description = "Show each message on stderr field by field and option by option, in octets and in words.")
    boolean raw;

    @Spec
    CommandSpec spec;

    /// What to do other than to take a lease and end.
    static final class Mode {
        @Option(
                names = {"--stay", "--daemon"},
                description = "Keep the lease until ^C: renew it in time, and say what becomes of it. Begins with the"
                        + " lease of an earlier run, if that still runs.")
        boolean stay;

        @Option(names = "--renew", description = "Ask the server of the kept lease for more time, and end.")
        boolean renew;

        @Option(
                names = "--reboot",
                description = "Ask whether the kept lease still holds, as a machine does that starts (INIT-REBOOT), and"
                        + " end.")
        boolean reboot;

        @Option(
                names = "--clients",
                paramLabel = "COUNT",
                description = "Take so many leases, with hardware addresses from 02:57:00:00:00:00 on, as fast as the"
                        + " server gives them, and say how fast that was; with --release give them back.")
        int clients;
    }

    @Override
    public Integer call() throws IOException, ExitException {
        if (mode.stay && common.json) {
            throw new ParameterException(
                    spec.commandLine(), "--stay says what happens as it happens, and --json at the end: take one");
        }
        if (mode.clients < 0 || mode.clients > MOST_CLIENTS || atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new ParameterException(
                    spec.commandLine(), "--clients takes up to " + MOST_CLIENTS + ", --at-once 1 to " + MOST_AT_ONCE);
        }
        common.verbose |= raw;
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        var plain = options.config();
        var named = plain.with(identity.of(plain.settings()));
        var config = raw ? named.showingOptions() : named;
        if (mode.clients > 0) {
            report.add("interface", Json.of(config.device()));
            return LoadReport.of(
                    new LeaseLoad(context, config, mode.clients, atOnce).run(options.release), screen, report);
        }
        var file = new LeaseFile(
                leaseFile.orElseGet(() -> LeaseFile.usual(System.getenv(), config.device(), config.chaddr())));
        report.add("interface", Json.of(config.device()));
        report.add("chaddr", Json.of(config.chaddr().toString()));
        if (mode.stay) {
            return new LeaseKeeping(screen, context, config, file).run(options.release);
        }
        var saved = file.read().filter(one -> one.left(context.now()).isPositive());
        if (mode.renew || mode.reboot) {
            return again(screen, context, report, config, file, saved);
        }
        if (options.release
                && saved.isPresent()
                && HostAddress.isHere(saved.get().lease().address())) {
            var leasing = Leasing.bound(context, config, saved.get());
            return finish(screen, context, report, config, file, leasing, saved.get());
        }
        var leasing = new Leasing(context, config);
        leasing.acquire();
        return taken(screen, context, report, config, file, leasing);
    }

    /// With the lease of an earlier run.
    private ExitCode again(
            Screen screen, Context context, Report report, LeaseConfig config, LeaseFile file, Optional<Tenancy> saved)
            throws IOException, ExitException {
        var earlier = saved.orElseThrow(() -> new ExitException(
                ExitCode.CONFIG,
                "no lease that still runs is kept in " + file.path()
                        + ": `client dhcp` takes one, --lease-file names another file"));
        if (mode.reboot) {
            var leasing = Leasing.rebooting(context, config, earlier);
            leasing.acquire();
            return taken(screen, context, report, config, file, leasing);
        }
        var leasing = Leasing.bound(context, config, earlier);
        new HostAddress(context.trace(), config.device(), earlier.lease().address()).take();
        leasing.renew();
        return taken(screen, context, report, config, file, leasing);
    }

    private ExitCode taken(
            Screen screen, Context context, Report report, LeaseConfig config, LeaseFile file, Leasing leasing)
            throws IOException, ExitException {
        var tenancy = leasing.tenancy().orElseThrow();
        new HostAddress(context.trace(), config.device(), tenancy.lease().address()).take();
        show(screen, tenancy.lease(), config.device());
        keep(screen, file, tenancy);
        return finish(screen, context, report, config, file, leasing, tenancy);
    }

    /// A lease that cannot be kept for later is one all the same.
    private static void keep(Screen screen, LeaseFile file, Tenancy tenancy) {
        try {
            file.write(tenancy);
        } catch (IOException e) {
            screen.note(
                    "the lease is not kept for --renew and --release: " + e + "; --lease-file chooses another place");
        }
    }

    private ExitCode finish(
            Screen screen,
            Context context,
            Report report,
            LeaseConfig config,
            LeaseFile file,
            Leasing leasing,
            Tenancy tenancy)
            throws IOException, ExitException {
        var lease = tenancy.lease();
        report.add("lease", json(lease));
        report.add("milliseconds", Json.millis(leasing.time()));
        if (options.release) {
            leasing.release(lease);
            new HostAddress(context.trace(), config.device(), lease.address()).drop();
            file.delete();
            screen.line(lease.address().getHostAddress() + " given back");
        }
        report.add("released", Json.of(options.release));
        report.add("packets", Json.of(leasing.packets()));
        screen.line(leasing.packets() + " packets, " + Quantity.millis(leasing.time()) + " ms");
        return ExitCode.OK;
    }

    private static void show(Screen screen, Lease lease, String device) {
        screen.line(describe(lease));
        screen.line("  interface  " + device);
        lease.netmask().ifPresent(mask -> screen.line("  netmask    " + mask.getHostAddress()));
        if (!lease.routers().isEmpty()) {
            screen.line("  router     " + names(lease.routers()));
        }
        if (!lease.dnsServers().isEmpty()) {
            screen.line("  dns        " + names(lease.dnsServers()));
        }
    }

    /// As `10.20.30.51 from 10.20.30.40 for 1h`.
    static String describe(Lease lease) {
        return lease.address().getHostAddress() + " from " + lease.server().getHostAddress() + " for "
                + Quantity.duration(lease.time());
    }

    static Json json(Lease lease) {
        return Json.object()
                .with("address", lease.address().getHostAddress())
                .with("server", lease.server().getHostAddress())
                .with("seconds", lease.time().toSeconds())
                .with(
                        "netmask",
                        Json.optional(lease.netmask()
                                .map(Inet4Address::getHostAddress)
                                .map(Json::of)))
                .with("routers", hosts(lease.routers()))
                .with("dnsServers", hosts(lease.dnsServers()));
    }

    private static Json hosts(List<Inet4Address> addresses) {
        return Json.strings(addresses.stream().map(Inet4Address::getHostAddress).toList());
    }

    private static String names(List<Inet4Address> addresses) {
        return addresses.stream().map(Inet4Address::getHostAddress).collect(Collectors.joining(", "));
    }
}

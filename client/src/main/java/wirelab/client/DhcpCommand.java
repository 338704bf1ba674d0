package wirelab.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import wirelab.client.engine.Lease;
import wirelab.client.output.Json;
import wirelab.client.output.Quantity;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Context;
import wirelab.client.shell.HostAddress;
import wirelab.client.shell.Leasing;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// `client dhcp`: DISCOVER, OFFER, REQUEST, ACK, and the address on its interface.
@Command(
        name = "dhcp",
        description = "Gets an address by DHCP and puts it on the interface; with --release, gives it back again.")
final class DhcpCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    LeaseOptions options = new LeaseOptions();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        var config = options.config();
        var leasing = new Leasing(context, config);
        var lease = leasing.acquire();
        var time = leasing.time();
        var address = new HostAddress(context.trace(), config.device(), lease.address());
        report.add("lease", json(lease));
        report.add("interface", Json.of(config.device()));
        report.add("chaddr", Json.of(config.chaddr().toString()));
        report.add("milliseconds", Json.millis(time));
        address.take();
        show(screen, lease, config.device());
        if (options.release) {
            leasing.release(lease);
            address.drop();
            screen.line("given back");
        }
        report.add("released", Json.of(options.release));
        report.add("packets", Json.of(leasing.packets()));
        screen.line(leasing.packets() + " packets, " + Quantity.millis(time) + " ms");
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

package wirelab.dhcpserver.leases;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.Ipv4;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.store.SqliteLeaseStore;

/// The command line of `dhcp-server leases`.
@Command(
        name = "leases",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Prints the leases of a lease file, also while a server uses it.",
        subcommands = {ImportCommand.class, CompactCommand.class, RecoverCommand.class})
public final class LeasesCommand implements Callable<Integer> {
    @Option(
            names = "--leases",
            paramLabel = "FILE",
            defaultValue = "leases.db",
            description = "The lease file (default: ${DEFAULT-VALUE}, in this folder).")
    Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, isc (dhcpd.leases) or kea (kea-leases4.csv) (default: ${DEFAULT-VALUE}).")
    LeaseFormat format = LeaseFormat.TABLE;

    @Option(names = "--json", description = "The same as --format json.")
    boolean json;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "Only these: bound, expired, released or declined (default: all).")
    List<String> states = List.of();

    @Option(names = "--in", paramLabel = "NETWORK", description = "Only addresses of this network, as 10.20.30.0/24.")
    Optional<String> network = Optional.empty();

    @Option(
            names = "--like",
            paramLabel = "TEXT",
            description =
                    "Only where this stands in the address, the client, the hardware address, the name or the relay.")
    Optional<String> text = Optional.empty();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws ExitException {
        var now = Clock.systemUTC().instant();
        var prefix = prefix();
        var leases = SqliteLeaseStore.read(file).stream()
                .filter(lease -> states.isEmpty() || states.contains(LeaseTable.state(lease, now)))
                .filter(lease ->
                        prefix.map(one -> one.contains(lease.address())).orElse(true))
                .filter(lease -> text.map(wanted -> isLike(lease, wanted)).orElse(true))
                .sorted(Comparator.comparing(
                        Lease::address, (a, b) -> Integer.compareUnsigned(Ipv4.number(a), Ipv4.number(b))))
                .toList();
        var out = spec.commandLine().getOut();
        out.print((json ? LeaseFormat.JSON : format).write(leases, now));
        out.flush();
        return 0;
    }

    private Optional<Prefix> prefix() throws ExitException {
        try {
            return network.map(Prefix::parse);
        } catch (IllegalArgumentException e) {
            throw new ExitException(ExitCode.USAGE, "--in: " + e.getMessage(), e);
        }
    }

    private static boolean isLike(Lease lease, String wanted) {
        return String.join(
                        " ",
                        lease.address().getHostAddress(),
                        lease.client().toString(),
                        lease.chaddr().toString(),
                        lease.hostName(),
                        lease.circuit())
                .toLowerCase(Locale.ROOT)
                .contains(wanted.toLowerCase(Locale.ROOT));
    }
}

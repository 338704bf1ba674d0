package wirelab.dhcpserver.leases;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.Ipv4;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.store.LeaseStore;

/// The command line of `dhcp-server leases`.
@Command(
        name = "leases",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Prints the leases of a lease file or a database, also while servers use it.",
        subcommands = {ImportCommand.class, CompactCommand.class, RecoverCommand.class})
public final class LeasesCommand implements Callable<Integer> {
    @Mixin
    LeasePlace leases = new LeasePlace();

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

    @Override
    public Integer call() throws ExitException {
        var now = Clock.systemUTC().instant();
        var prefix = prefix();
        var chosen = LeaseStore.read(leases.place).stream()
                .filter(lease -> states.isEmpty() || states.contains(LeaseTable.state(lease, now)))
                .filter(lease ->
                        prefix.map(one -> one.contains(lease.address())).orElse(true))
                .filter(lease -> text.map(wanted -> isLike(lease, wanted)).orElse(true))
                .sorted(Comparator.comparing(
                        Lease::address, (a, b) -> Integer.compareUnsigned(Ipv4.number(a), Ipv4.number(b))))
                .toList();
        leases.print((json ? LeaseFormat.JSON : format).write(chosen, now));
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

package wirelab.dhcpserver.leases;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import wirelab.daemon.ExitException;
import wirelab.dhcpserver.store.LeaseStore;

/// The command line of `dhcp-server leases compact`.
@Command(
        name = "compact",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Forgets leases that are long over, whose clients then get any address, and makes the file as small"
                        + " as it can be. No server may use the lease file meanwhile; those of a database may.")
final class CompactCommand implements Callable<Integer> {
    @Mixin
    LeasePlace leases = new LeasePlace();

    @Option(
            names = "--over-for",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "For how long they must have been over (default: ${DEFAULT-VALUE}).")
    Duration time;

    @Override
    public Integer call() throws IOException, ExitException {
        int gone = LeaseStore.compact(leases.place, Clock.systemUTC().instant().minus(time));
        leases.say(gone + " leases were forgotten");
        return 0;
    }
}

package wirelab.dhcpserver.leases;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wirelab.daemon.ExitException;
import wirelab.dhcpserver.store.SqliteLeaseStore;

/// The command line of `dhcp-server leases compact`.
@Command(
        name = "compact",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Forgets leases that are long over, whose clients then get any address, and makes the file as small"
                        + " as it can be. No server may use the lease file meanwhile.")
final class CompactCommand implements Callable<Integer> {
    @Option(
            names = "--leases",
            paramLabel = "FILE",
            defaultValue = "leases.db",
            description = "The lease file (default: ${DEFAULT-VALUE}, in this folder).")
    Path file;

    @Option(
            names = "--over-for",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "For how long they must have been over (default: ${DEFAULT-VALUE}).")
    Duration time;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        int gone = SqliteLeaseStore.compact(file, Clock.systemUTC().instant().minus(time));
        var out = spec.commandLine().getOut();
        out.println(gone + " leases were forgotten");
        out.flush();
        return 0;
    }
}

package wirelab.dhcpserver.leases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.store.LeaseStore;

/// The command line of `dhcp-server leases import`.
@Command(
        name = "import",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Takes over the leases of ISC dhcpd (dhcpd.leases) or Kea (kea-leases4.csv). What is on record of the"
                        + " same addresses is replaced. No server may use the lease file meanwhile; those of a database may.")
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SOURCE", description = "The other server's file.")
    Path source;

    @Mixin
    LeasePlace leases = new LeasePlace();

    @Override
    public Integer call() throws IOException, ExitException {
        var read = read();
        try (var store = LeaseStore.open(leases.place, Clock.systemUTC())) {
            store.begin();
            store.commit(read.stream()
                    .map(lease -> new Change(lease, Optional.empty()))
                    .toList());
        }
        leases.say(read.size() + " leases of " + source + " are in " + leases.shown());
        return 0;
    }

    /// The file is read to its end before anything is changed.
    private List<Lease> read() throws IOException, ExitException {
        if (!Files.isRegularFile(source)) {
            throw new ExitException(ExitCode.CONFIG, source + " is no file: name dhcpd.leases or kea-leases4.csv");
        }
        var lines = Files.readAllLines(source, StandardCharsets.ISO_8859_1);
        try {
            return !lines.isEmpty() && KeaLeases.isHead(lines.getFirst())
                    ? KeaLeases.read(lines)
                    : IscLeases.read(lines);
        } catch (UnreadableLeases e) {
            throw new ExitException(ExitCode.CONFIG, source + ", " + e.getMessage() + "; nothing was taken over", e);
        }
    }
}

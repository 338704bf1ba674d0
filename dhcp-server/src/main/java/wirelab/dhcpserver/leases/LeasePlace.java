package wirelab.dhcpserver.leases;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcpserver.store.LeaseStore;

/// What all lease commands have: where the leases are, and where to say what was done. Confined to one thread.
final class LeasePlace {
    @Option(
            names = "--leases",
            paramLabel = "FILE",
            defaultValue = "leases.db",
            description = "The lease file (default: ${DEFAULT-VALUE}, in this folder), or the"
                    + " jdbc:postgresql: URL of a database.")
    String place;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    /// The file that the leases are in.
    ///
    /// @throws ExitException if they are in a database
    Path file() throws ExitException {
        if (LeaseStore.isDatabase(place)) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "--leases " + LeaseStore.shown(place) + " is a database, which PostgreSQL mends by itself when it"
                            + " starts: " + command.name() + " is for files");
        }
        return Path.of(place);
    }

    /// The place as it may be shown.
    String shown() {
        return LeaseStore.shown(place);
    }

    void print(String text) {
        var out = command.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    void say(String line) {
        print(line + System.lineSeparator());
    }
}

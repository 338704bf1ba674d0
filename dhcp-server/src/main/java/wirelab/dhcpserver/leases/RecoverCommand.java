package wirelab.dhcpserver.leases;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wirelab.daemon.ExitException;
import wirelab.dhcpserver.store.SetAside;

/// The command line of `dhcp-server leases recover`.
@Command(
        name = "recover",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Moves a damaged lease file aside, and begins a new one with what can be read of it. A file in good"
                        + " order, or of another program, stays as it is.")
final class RecoverCommand implements Callable<Integer> {
    @Option(
            names = "--leases",
            paramLabel = "FILE",
            defaultValue = "leases.db",
            description = "The lease file (default: ${DEFAULT-VALUE}, in this folder).")
    Path file;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        var done = SetAside.damaged(file);
        var out = spec.commandLine().getOut();
        out.println(done.map(one -> "the damaged file is " + one.aside() + "; "
                        + one.leases().size() + " leases of it are in " + file)
                .orElse(file + " is in good order, and stays as it is"));
        out.flush();
        return 0;
    }
}

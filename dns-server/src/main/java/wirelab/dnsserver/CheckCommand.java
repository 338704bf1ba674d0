package wirelab.dnsserver;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// The command line of `dns-server check`.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Reads zone files as the server would, and says what is in them, or what is wrong and where.")
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The zone files.")
    List<Path> files = List.of();

    @Spec
    CommandSpec spec;

    /// 1 if one of them is wrong.
    @Override
    public Integer call() {
        int code = ExitCode.OK.number();
        var command = spec.commandLine();
        for (var file : files) {
            try {
                var zone = new ZoneSource(List.of(file)).read().getFirst();
                command.getOut()
                        .println(file + ": " + zone.origin() + ", serial " + zone.serial() + ", " + zone.names()
                                + (zone.names() == 1 ? " name" : " names") + (zone.signed() ? ", signed" : ""));
            } catch (ExitException e) {
                command.getErr().println(e.getMessage());
                code = ExitCode.CHECK_FAILED.number();
            }
        }
        command.getOut().flush();
        return code;
    }
}

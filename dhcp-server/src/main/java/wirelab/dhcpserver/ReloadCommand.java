package wirelab.dhcpserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Hangup;
import wirelab.dhcpserver.store.LeaseStore;

/// The command line of `dhcp-server reload`.
@Command(
        name = "reload",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Has the server that uses a lease file read its options again, by SIGHUP. Its log says what came of"
                        + " it.")
final class ReloadCommand implements Callable<Integer> {
    @Option(
            names = "--leases",
            paramLabel = "FILE",
            defaultValue = "leases.db",
            description = "The server's lease file, by which it is found (default: ${DEFAULT-VALUE}, in this folder).")
    Path file;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException, InterruptedException {
        if (LeaseStore.isDatabase(file.toString())) {
            throw new ExitException(
                    ExitCode.USAGE,
                    "--leases names a database, by which no server of this machine is found: kill -HUP its process");
        }
        var pid = holder().orElseThrow(() -> new ExitException(
                ExitCode.UNAVAILABLE,
                "--leases " + file + ": no server that this user may signal has it open; name its file, or start it"));
        Hangup.send(pid, "its options", spec.commandLine().getOut());
        return 0;
    }

    /// The process id of who has the file open, from Linux' `/proc`.
    private Optional<String> holder() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                if (hasOpen(process)) {
                    return Optional.of(process.getFileName().toString());
                }
            }
        }
        return Optional.empty();
    }

    private boolean hasOpen(Path process) {
        try (var descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (var descriptor : descriptors) {
                if (Files.exists(descriptor) && Files.isSameFile(descriptor, file)) {
                    return isServer(process);
                }
            }
        } catch (IOException e) {
            return false; // Another user's process, or one that has just ended.
        }
        return false;
    }

    /// `sqlite3`, which may have it open too, would die of the signal.
    private static boolean isServer(Path process) throws IOException {
        return Files.readString(process.resolve("cmdline")).contains("dhcp-server");
    }
}

package wirelab.client.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// The command `ip` of iproute2, which changes this machine's network, as the JDK cannot. Confined to one thread.
public final class IpCommand {
    private final Trace trace;

    public IpCommand(Trace trace) {
        this.trace = trace;
    }

    /// Runs it to its end.
    ///
    /// @param words what follows `ip`
    /// @throws ExitException if there is no such command, or it says no
    public void run(String... words) throws IOException, ExitException {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        var line = String.join(" ", command);
        trace.did(line);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    "cannot run '" + line
                            + "': there is no ip command here; install iproute2 (apt-get install iproute2)",
                    e);
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (await(process) != 0) {
            throw failed(line, said);
        }
    }

    private static int await(Process process) throws ExitException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExitException(ExitCode.INTERRUPTED, "interrupted", e);
        }
    }

    private static ExitException failed(String line, String said) {
        if (said.contains("not permitted") || said.contains("Permission denied")) {
            return new ExitException(
                    ExitCode.NO_PERMISSION,
                    "no permission for '" + line + "' (" + said
                            + "): run it in the lab, where it is allowed (scripts/lab run), or as root");
        }
        return new ExitException(ExitCode.CONFIG, "'" + line + "' failed: " + said);
    }
}

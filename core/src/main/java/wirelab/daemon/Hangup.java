package wirelab.daemon;

import java.io.IOException;
import java.io.PrintWriter;

/// SIGHUP, by which a daemon reads again what it was started with: the end of every `reload` command.
public final class Hangup {
    private Hangup() {}

    /// Sends it, and says so.
    ///
    /// @param what is read, as `its zones`
    /// @throws ExitException if this user may not
    public static void send(String pid, String what, PrintWriter out)
            throws IOException, ExitException, InterruptedException {
        if (new ProcessBuilder("kill", "-HUP", pid).inheritIO().start().waitFor() != 0) {
            throw new ExitException(ExitCode.NO_PERMISSION, "process " + pid + " could not be signalled");
        }
        out.println("process " + pid + " reads " + what + " again");
        out.flush();
    }
}

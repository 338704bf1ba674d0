package wirelab.daemon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;

/// Says why an address could not be bound: who has it, or which right is missing.
public final class BindFailure {
    private BindFailure() {}

    /// An error whose message names the address, the reason and the mend.
    ///
    /// @param option the option that gave the address, as `--listen`
    public static ExitException explain(
            IOException error, InetSocketAddress address, Transport transport, String option) {
        var where = transport.describe(address);
        var message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("permission denied")) {
            return new ExitException(
                    ExitCode.NO_PERMISSION,
                    "no permission to bind " + where + ": ports under 1024 want root, a private network"
                            + " (scripts/lab up) or a higher port by " + option,
                    error);
        }
        if (message.contains("already in use")) {
            var holder = SocketHolder.of(address, transport)
                    .map(who -> "by " + who + "; end it")
                    .orElse("by another process; end it");
            return new ExitException(
                    ExitCode.IO, where + " is in use " + holder + ", or choose another address by " + option, error);
        }
        if (message.contains("cannot assign") || message.contains("can't assign")) {
            return new ExitException(
                    ExitCode.CONFIG,
                    where + " is not an address of this machine: put it on an interface (ip addr add "
                            + address.getAddress().getHostAddress() + "/32 dev lo), or choose another by " + option,
                    error);
        }
        return new ExitException(ExitCode.IO, "cannot bind " + where + ": " + error.getMessage(), error);
    }
}

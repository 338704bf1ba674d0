package wirelab.client.shell;

import java.net.InetSocketAddress;
import java.time.Duration;
import wirelab.client.output.Quantity;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;

/// The error of a peer that does not answer.
final class Silence {
    private Silence() {}

    /// Names the peer, how often and how long it was asked, and where to look.
    ///
    /// @param what was asked for, as `a DHCP server`
    static ExitException of(String what, InetSocketAddress peer, int tries, Duration waited) {
        return new ExitException(
                ExitCode.UNAVAILABLE,
                "no answer from " + what + " at " + Transport.UDP.describe(peer) + " to " + tries
                        + (tries == 1 ? " message in " : " messages in ") + Quantity.millis(waited)
                        + " ms: is the lab up? (scripts/lab status)");
    }
}

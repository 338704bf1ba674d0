package wirelab.dnsserver.shell;

import java.nio.file.Path;
import java.util.List;
import wirelab.dnsserver.engine.transfer.Neighbour;
import wirelab.dnsserver.engine.transfer.TransferRules;

/// What the command line says about other servers. Immutable.
///
/// @param notified who is told when a zone has changed
/// @param store the folder where copies of zones are kept
public record TransferConfig(TransferRules rules, List<Neighbour> notified, Path store) {
    public TransferConfig {
        notified = List.copyOf(notified);
    }

    /// Nothing to do with others.
    public static TransferConfig none() {
        return new TransferConfig(TransferRules.NONE, List.of(), Path.of("."));
    }
}

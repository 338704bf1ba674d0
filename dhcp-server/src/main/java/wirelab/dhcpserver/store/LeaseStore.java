package wirelab.dhcpserver.store;

import java.io.IOException;
import java.util.List;
import wirelab.daemon.ExitException;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;

/// Keeps leases where a crash does not reach them. Confined to one thread.
public interface LeaseStore extends AutoCloseable {
    /// All that was committed, each address once.
    ///
    /// @throws ExitException if it cannot be read
    List<Lease> load() throws ExitException;

    /// Keeps all of `changes`, in their order, each lease in the place of what was known of its address.
    /// When this returns, a loss of power does not undo it.
    ///
    /// @throws IOException if none of them is kept; a later try may work
    void commit(List<Change> changes) throws IOException;

    @Override
    void close();
}

package wirelab.dhcpserver.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import wirelab.daemon.ExitException;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;

/// Keeps leases where a crash does not reach them. Confined to one thread.
public interface LeaseStore extends AutoCloseable {
    /// Opens a SQLite file, or a PostgreSQL database if `place` is `jdbc:postgresql:` and so on.
    ///
    /// @param clock whose readings the leases' times are
    /// @throws ExitException that names the place, what is wrong with it, and the mend
    static LeaseStore open(String place, InstantSource clock) throws ExitException {
        return isDatabase(place) ? PostgresLeaseStore.open(place, clock) : SqliteLeaseStore.open(Path.of(place));
    }

    /// What is committed there, which servers may be using meanwhile. Changes nothing.
    ///
    /// @throws ExitException that names the place, what is wrong with it, and the mend
    static List<Lease> read(String place) throws ExitException {
        return isDatabase(place) ? PostgresLeaseStore.read(place) : SqliteLeaseStore.read(Path.of(place));
    }

    /// Forgets the leases that were over at `before`, and gives the space back.
    ///
    /// @return how many
    /// @throws ExitException that names the place, what is wrong with it, and the mend
    static int compact(String place, Instant before) throws IOException, ExitException {
        return isDatabase(place)
                ? PostgresLeaseStore.compact(place, before)
                : SqliteLeaseStore.compact(Path.of(place), before);
    }

    /// Whether `place` is a database's URL, and no file.
    static boolean isDatabase(String place) {
        return place.startsWith(PostgresLeaseStore.SCHEME);
    }

    /// The place as it may be shown: a URL's parameters, among which a password may be, are left out.
    static String shown(String place) {
        int parameters = isDatabase(place) ? place.indexOf('?') : -1;
        return parameters < 0 ? place : place.substring(0, parameters);
    }

    /// Gives all that was committed, each address once, in any order.
    ///
    /// @return how many there are
    /// @throws ExitException if it cannot be read
    int load(Consumer<Lease> taker) throws ExitException;

    /// The same at once; a million of them fill the heap of a small machine.
    default List<Lease> load() throws ExitException {
        var all = new ArrayList<Lease>();
        int _ = load(all::add);
        return all;
    }

    /// Whether several servers use it, which take turns by [#begin] and [#commit].
    default boolean isShared() {
        return false;
    }

    /// Keeps others from deciding until [#commit], and says what they have committed that is not known here, in its
    /// order. A store that is one server's alone has nothing to do.
    ///
    /// @throws IOException if that cannot be known now; a later try may work
    default List<Lease> begin() throws IOException {
        return List.of();
    }

    /// Ends what [#begin] began, also where there are no changes.
    ///
    /// Keeps all of `changes`, in their order, each lease in the place of what was known of its address.
    /// When this returns, a loss of power does not undo it.
    ///
    /// @throws IOException if none of them is kept; a later try may work
    void commit(List<Change> changes) throws IOException;

    @Override
    void close();
}

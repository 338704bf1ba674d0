package wirelab.client.shell;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import wirelab.client.engine.DhcpClient;
import wirelab.client.engine.Lease;
import wirelab.client.engine.LeaseNews;
import wirelab.client.engine.Tenancy;
import wirelab.daemon.ExitException;

/// Gets an address and keeps it for as long as it is let: renews, rebinds, begins anew. Confined to one thread, but for
/// [#stop].
public final class LeaseKeeper implements AutoCloseable {
    /// So that no alarm is further away than the kernel can be told.
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /// Hears what becomes of the lease, in the order in which it does.
    @FunctionalInterface
    public interface Witness {
        /// Puts the address on the interface, or takes it off, before anything else is sent.
        void hear(LeaseNews news) throws IOException, ExitException;
    }

    private final Context context;
    private final DhcpClient engine;
    private final DhcpLink link;
    private final Witness witness;
    private final Optional<AddressCheck> check;
    private volatile boolean stopping;

    /// Binds the client's port.
    ///
    /// @param earlier a lease of an earlier run, to ask first if that still holds
    /// @param check looks if a new address is in use, where that can be known
    public LeaseKeeper(
            Context context,
            LeaseConfig config,
            Optional<Tenancy> earlier,
            Optional<AddressCheck> check,
            Witness witness)
            throws IOException, ExitException {
        this.context = context;
        this.check = check;
        var settings = check.isPresent() ? config.settings().checking() : config.settings();
        this.witness = witness;
        var now = context.now();
        this.engine = earlier.map(lease -> DhcpClient.initReboot(settings, lease, context.random(), now))
                .orElseGet(() -> DhcpClient.init(settings, context.random(), now));
        this.link = DhcpLink.open(context, config, Optional.empty());
    }

    /// Keeps a lease until [#stop].
    ///
    /// @param release whether to give it back then
    /// @throws ExitException if messages cannot be sent, and never could
    public void keep(boolean release) throws IOException, ExitException {
        while (!stopping) {
            engine.tick(context.now());
            settle();
            var wait = context.until(engine.deadline());
            link.receive(
                    wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT,
                    (message, from) -> engine.handle(message, from, context.now()));
            check();
            settle();
        }
        if (release) {
            engine.release(context.now());
            settle();
        }
    }

    private void check() throws IOException {
        if (check.isPresent() && engine.checking().isPresent()) {
            boolean inUse = check.get().inUse(engine.checking().get(), () -> stopping);
            if (!stopping) {
                engine.checked(inUse, context.now());
            }
        }
    }

    /// What the engine has to say goes out from the address it has; then that may change.
    private void settle() throws IOException, ExitException {
        for (var next = engine.poll(); next.isPresent(); next = engine.poll()) {
            try {
                link.send(next.get());
            } catch (ExitException e) {
                // With a lease to keep this is a loss like any other: the message is sent again in its time.
                if (engine.lease().isEmpty()) {
                    throw e;
                }
                context.trace().did("not sent: " + e.getMessage());
            }
        }
        for (var news = engine.news(); news.isPresent(); news = engine.news()) {
            witness.hear(news.get());
        }
        link.speakFrom(engine.lease().map(Lease::address));
    }

    /// Has [#keep] return soon. For any thread.
    public void stop() {
        stopping = true;
        link.wakeup();
    }

    @Override
    public void close() {
        link.close();
    }
}

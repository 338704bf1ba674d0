package wirelab.client.shell;

/// Something to be done should the process be ended before its time, as by ^C. Confined to one thread, but for the
/// JVM's
/// own that does it.
public final class AtExit implements AutoCloseable {
    private final Thread hook;

    private AtExit(Thread hook) {
        this.hook = hook;
    }

    /// Has `action` done at the process's end, unless this is closed before.
    public static AtExit doing(Runnable action) {
        var hook = Thread.ofPlatform().name("at-exit").unstarted(action);
        Runtime.getRuntime().addShutdownHook(hook);
        return new AtExit(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is ending already, and the action has its turn.
        }
    }
}

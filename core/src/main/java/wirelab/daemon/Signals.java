package wirelab.daemon;

/// Unix signals. The JDK has no other door to them than `sun.misc.Signal`, which JEP 260 keeps open.
final class Signals {
    private Signals() {}

    /// @param name without SIG, as `TERM`
    /// @param action runs on a thread of the JVM's own
    static void on(String name, Runnable action) {
        sun.misc.Signal.handle(new sun.misc.Signal(name), _ -> action.run());
    }
}

package wirelab.daemon;

import java.util.List;

/// Something that a daemon has bound and serves until it is closed.
public interface Service extends AutoCloseable {
    /// Where it is reached, each as `127.0.0.1:53/udp`.
    List<String> addresses();

    /// SIGHUP: reads its files again. What is wrong with them is logged, and the old state stays.
    default void reload() {}

    /// Takes nothing new, finishes what it has begun within a few seconds, and frees the socket.
    @Override
    void close();
}

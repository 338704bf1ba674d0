package wirelab.rudpproxy;

import java.util.concurrent.atomic.AtomicInteger;

/// The pieces of files that wait in the proxy, of all transfers together. Safe for many threads.
///
/// Each transfer has one in any case; what makes it fast, a second one and more, it gets as long as there are some.
final class FileMemory {
    private final int most;
    private final AtomicInteger pieces = new AtomicInteger();

    /// @param most pieces
    FileMemory(int most) {
        this.most = most;
    }

    /// Whether a transfer that has so many pieces may make one more.
    boolean takes(int its) {
        if (its > 0 && pieces.get() >= most) {
            return false;
        }
        pieces.incrementAndGet();
        return true;
    }

    /// A transfer is over.
    void giveBack(int its) {
        pieces.addAndGet(-its);
    }

    int pieces() {
        return pieces.get();
    }
}

package wirelab.sim;

/// The narrowest place of a link: packets queue up there, and are dropped when the queue is full. Immutable.
///
/// @param bitsPerSecond how fast packets leave it; 0 for at once
/// @param queue how many packets there are in it at most, the one that is leaving included
public record Bottleneck(long bitsPerSecond, int queue) {
    /// A link that is as fast as one likes.
    public static final Bottleneck NONE = new Bottleneck(0, Integer.MAX_VALUE);

    public Bottleneck {
        if (bitsPerSecond < 0 || queue < 1) {
            throw new IllegalArgumentException("a rate is not negative, and a queue has room for one packet at least");
        }
    }

    /// Whether packets pass as fast as they come.
    public boolean isNone() {
        return bitsPerSecond == 0;
    }

    /// How long a packet takes to leave, in nanoseconds.
    long nanos(int octets) {
        return octets * 8L * 1_000_000_000 / bitsPerSecond;
    }
}

package wirelab.rudp.transport;

/// The memory that all connections of a listener have together for octets that are not acknowledged. Confined to one
/// thread.
///
/// One connection may have as much as is left when it has it, as the queues of a switch share its memory: the first
/// gets
/// half at most, and however many readers stall, a newcomer gets something.
///
/// @spec https://doi.org/10.1109/90.664262 Dynamic Queue Length Thresholds for Shared-Memory Packet Switches
final class SendMemory {
    /// A stream has so much in any case.
    static final int LEAST = 1 << 14;

    private final long most;
    private long used;

    /// @param most octets
    SendMemory(long most) {
        this.most = most;
    }

    /// What somebody may have who has `own` octets of it now. A power of two, as the rings of octets are.
    long limit(long own) {
        long even = Math.max(0, most - used + own) / 2;
        return Math.max(LEAST, Long.highestOneBit(even));
    }

    /// Somebody takes so many octets, or gives them back.
    void change(long octets) {
        used += octets;
    }

    long used() {
        return used;
    }
}

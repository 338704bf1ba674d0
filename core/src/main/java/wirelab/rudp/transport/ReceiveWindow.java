package wirelab.rudp.transport;

/// How many octets the other end may send, in one stream or in all together. Confined to one thread.
///
/// The window follows the reader: it grows to some round trips' worth of what is read, so that it is not what limits
/// the sender, and never beyond the most. A reader that stalls stops the limit, and with it the sender.
final class ReceiveWindow {
    /// What the reader takes in so many round trips fits: twice the path's product of rate and delay, and again as much
    /// for pieces that were lost and lost again, behind which others wait.
    private static final int ROUND_TRIPS = 4;

    /// The limit is told so many times a window: if one packet with it gets lost, the next comes soon enough.
    private static final int UPDATES = 16;

    private final long most;
    private long window;
    private long consumed;
    private long announced;
    private long announcedConsumed;
    private long announcedAt = Long.MIN_VALUE;

    ReceiveWindow(long initial, long most) {
        this.most = most;
        this.window = Math.min(initial, most);
        this.announced = window;
    }

    /// Up to where the other end may send, as it was told last.
    long limit() {
        return announced;
    }

    long size() {
        return window;
    }

    void consumed(long octets) {
        consumed += octets;
    }

    /// Whether it is time to tell the other end.
    boolean isUpdateDue() {
        return consumed + window - announced >= window / UPDATES;
    }

    /// The new limit, to be told.
    long update(long now, long rtt) {
        if (announcedAt != Long.MIN_VALUE && rtt > 0) {
            double rate = (double) (consumed - announcedConsumed) / Math.max(1, now - announcedAt);
            window = (long) Math.clamp(ROUND_TRIPS * rate * rtt, (double) window, (double) most);
        }
        announcedAt = now;
        announcedConsumed = consumed;
        announced = Math.max(announced, consumed + window);
        return announced;
    }
}

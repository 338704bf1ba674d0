package wirelab.rudp.congestion;

/// A window and a rate that somebody chose, whatever the network says. Confined to one thread.
///
/// For a link of one's own whose rate is known, and for tests.
final class FixedControl implements CongestionControl {
    private final long window;
    private final long rate;

    FixedControl(long window, long rate) {
        if (window < 1 || rate < 1) {
            throw new IllegalArgumentException("a window and a rate are more than nothing");
        }
        this.window = window;
        this.rate = rate;
    }

    @Override
    public void datagram(int octets) {}

    @Override
    public void sent(long now, int octets, long inFlight) {}

    @Override
    public void update(AckSample sample) {}

    @Override
    public void spurious(int octets, long sentAt) {}

    @Override
    public long window() {
        return window;
    }

    @Override
    public long pacingRate() {
        return rate;
    }

    @Override
    public String state() {
        return "fixed";
    }
}

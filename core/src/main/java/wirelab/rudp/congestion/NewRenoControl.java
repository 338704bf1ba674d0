package wirelab.rudp.congestion;

/// One packet more a round trip, half as much after a loss. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9002#section-7 RFC 9002: Congestion Control
final class NewRenoControl implements CongestionControl {
    private static final int INITIAL_PACKETS = 10;
    private static final int LEAST_PACKETS = 2;

    private int datagram;
    private final LossEpoch epoch = new LossEpoch();
    private long window;
    private long threshold = Long.MAX_VALUE;
    private long windowBefore;
    private long thresholdBefore = Long.MAX_VALUE;
    private long credit;
    private long smoothedRtt;

    NewRenoControl(int datagram) {
        this.datagram = datagram;
        this.window = (long) INITIAL_PACKETS * datagram;
    }

    @Override
    public void datagram(int octets) {
        datagram = octets;
        window = Math.max(window, (long) LEAST_PACKETS * octets);
    }

    @Override
    public void sent(long now, int octets, long inFlight) {}

    @Override
    public void update(AckSample sample) {
        smoothedRtt = sample.smoothedRtt();
        if (epoch.begins(sample)) {
            windowBefore = window;
            thresholdBefore = threshold;
            window = Math.max(window / 2, (long) LEAST_PACKETS * datagram);
            threshold = window;
        }
        // A window that was not used up says nothing about the path (RFC 9002 section 7.8).
        if (epoch.isRecovering(sample) || sample.inFlightBefore() < window / 2) {
            return;
        }
        if (window < threshold) {
            window += sample.acked();
        } else {
            credit += sample.acked();
            if (credit >= window) {
                credit -= window;
                window += datagram;
            }
        }
    }

    @Override
    public void spurious(int octets, long sentAt) {
        if (epoch.isUndone(octets, sentAt)) {
            window = Math.max(window, windowBefore);
            threshold = thresholdBefore;
        }
    }

    @Override
    public long window() {
        return window;
    }

    @Override
    public long pacingRate() {
        return Pacing.rate(window, smoothedRtt, window < threshold);
    }

    @Override
    public String state() {
        return window < threshold ? "SLOW_START" : "CONGESTION_AVOIDANCE";
    }
}

package wirelab.rudp.congestion;

/// The window is a cubic function of the time since the last loss, flat where that loss was. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9438 RFC 9438: CUBIC
final class CubicControl implements CongestionControl {
    private static final int INITIAL_PACKETS = 10;
    private static final int LEAST_PACKETS = 2;
    /// C of section 4.1, and beta of section 4.6.
    private static final double C = 0.4;

    private static final double BETA = 0.7;
    /// Alpha of section 4.3: so the window grows as Reno's would.
    private static final double RENO = 3 * (1 - BETA) / (1 + BETA);

    private static final double SECOND = 1e9;

    /// What a loss changes, so that it can be undone (section 4.9).
    private record Curve(double window, double threshold, double most, long start, double k, double reno) {}

    private int datagram;
    private final LossEpoch epoch = new LossEpoch();
    /// In packets, as in the RFC.
    private double window = INITIAL_PACKETS;

    private double threshold = Double.MAX_VALUE;
    private double most;
    private long start = Long.MIN_VALUE;
    private double k;
    private double reno;
    private long smoothedRtt;
    private Curve before = new Curve(window, threshold, most, start, k, reno);

    CubicControl(int datagram) {
        this.datagram = datagram;
    }

    @Override
    public void datagram(int octets) {
        double scale = (double) datagram / octets;
        datagram = octets;
        window = Math.max(window * scale, LEAST_PACKETS);
        threshold = Math.max(threshold * scale, LEAST_PACKETS);
        most *= scale;
        start = Long.MIN_VALUE;
        before = new Curve(window, threshold, most, start, k, reno);
    }

    @Override
    public void sent(long now, int octets, long inFlight) {}

    @Override
    public void update(AckSample sample) {
        smoothedRtt = sample.smoothedRtt();
        if (epoch.begins(sample)) {
            reduce();
        }
        if (epoch.isRecovering(sample) || sample.inFlightBefore() < window() / 2) {
            return;
        }
        double acked = (double) sample.acked() / datagram;
        if (window < threshold) {
            window += acked;
        } else {
            grow(acked, sample.now());
        }
    }

    private void reduce() {
        before = new Curve(window, threshold, most, start, k, reno);
        // Section 4.7, fast convergence: a flow whose window was smaller than last time makes room.
        most = window < most ? window * (1 + BETA) / 2 : window;
        window = Math.max(window * BETA, LEAST_PACKETS);
        threshold = window;
        start = Long.MIN_VALUE;
    }

    private void grow(double acked, long now) {
        if (start == Long.MIN_VALUE) {
            start = now;
            most = Math.max(most, window);
            k = Math.cbrt((most - window) / C);
            reno = window;
        }
        double rtt = smoothedRtt / SECOND;
        double t = (now - start) / SECOND;
        // Sections 4.3 and 4.2: never slower than Reno, and towards where the curve is one round trip later.
        reno += (reno < most ? RENO : 1) * acked / window;
        double target = Math.clamp(C * Math.pow(t + rtt - k, 3) + most, window, 1.5 * window);
        window = Math.max(window + (target - window) / window * acked, reno);
    }

    @Override
    public void spurious(int octets, long sentAt) {
        if (epoch.isUndone(octets, sentAt) && window < before.window()) {
            window = before.window();
            threshold = before.threshold();
            most = before.most();
            start = before.start();
            k = before.k();
            reno = before.reno();
        }
    }

    @Override
    public long window() {
        return (long) (window * datagram);
    }

    @Override
    public long pacingRate() {
        return Pacing.rate(window(), smoothedRtt, window < threshold);
    }

    @Override
    public String state() {
        return window < threshold ? "SLOW_START" : "CONGESTION_AVOIDANCE";
    }
}

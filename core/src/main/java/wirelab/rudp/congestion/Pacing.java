package wirelab.rudp.congestion;

/// The rate at which a window is sent: a little faster than it is acknowledged, so that pacing is not what limits.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9002#section-7.7 RFC 9002: Pacing
final class Pacing {
    private static final double SECOND = 1e9;
    private static final double SLOW_START_GAIN = 2;
    private static final double GAIN = 1.25;

    private Pacing() {}

    /// Octets a second; `Long.MAX_VALUE` before the first round trip.
    static long rate(long window, long smoothedRtt, boolean slowStart) {
        return smoothedRtt == 0
                ? Long.MAX_VALUE
                : (long) (window * SECOND / smoothedRtt * (slowStart ? SLOW_START_GAIN : GAIN)) + 1;
    }
}

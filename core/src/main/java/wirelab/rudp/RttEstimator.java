package wirelab.rudp;

import java.time.Duration;
import java.util.Optional;

/// How long to wait for a reply before asking again. Confined to one thread.
///
/// Karn's rule is the caller's to keep: no [#sample] from a request that was sent more than once, unless it is known
/// which of the copies was answered. And so is backing off (5.5), which belongs to a request, not to the path.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6298 RFC 6298: Computing TCP's Retransmission Timer
public final class RttEstimator {
    /// G of section 2, the clock's granularity.
    private static final Duration GRANULARITY = Duration.ofMillis(1);
    /// One round trip tells little of how much others will differ: at first they are taken to do so by this, which is
    /// forgotten by a quarter with each. So a low floor harms nobody before the path, and its end, is known.
    private static final Duration UNKNOWN = Duration.ofMillis(50);

    private final Duration least;
    private final Duration most;
    private Optional<Duration> srtt = Optional.empty();
    private Duration rttvar = Duration.ZERO;
    private Duration rto;

    /// Knows no round trip yet.
    ///
    /// @param initial the timeout until the first sample (2.1)
    /// @param least the timeout never falls below it (2.4)
    /// @param most nor rises above it (2.5)
    public RttEstimator(Duration initial, Duration least, Duration most) {
        this.least = least;
        this.most = most;
        this.rto = bounded(initial);
    }

    /// Takes in one measured round trip.
    public void sample(Duration rtt) {
        if (srtt.isEmpty()) {
            // 2.2
            srtt = Optional.of(rtt);
            var half = rtt.dividedBy(2);
            rttvar = half.compareTo(UNKNOWN) > 0 ? half : UNKNOWN;
        } else {
            // 2.3: beta 1/4 and alpha 1/8, and the variation first, since it takes the old mean.
            var mean = srtt.get();
            rttvar = rttvar.multipliedBy(3).plus(mean.minus(rtt).abs()).dividedBy(4);
            srtt = Optional.of(mean.multipliedBy(7).plus(rtt).dividedBy(8));
        }
        var margin = rttvar.multipliedBy(4);
        rto = bounded(srtt.get().plus(margin.compareTo(GRANULARITY) > 0 ? margin : GRANULARITY));
    }

    public Duration rto() {
        return rto;
    }

    /// The smoothed round-trip time, after the first sample.
    public Optional<Duration> srtt() {
        return srtt;
    }

    /// The variation of the round-trip time; zero before the first sample.
    public Duration rttvar() {
        return rttvar;
    }

    private Duration bounded(Duration duration) {
        if (duration.compareTo(least) < 0) {
            return least;
        }
        return duration.compareTo(most) > 0 ? most : duration;
    }
}

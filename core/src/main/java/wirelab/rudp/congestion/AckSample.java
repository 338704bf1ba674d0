package wirelab.rudp.congestion;

/// What one ACK, or a timer, has told. Immutable. Times are nanoseconds, amounts octets.
///
/// The delivery rate is measured from the newest packet that was acknowledged: what was delivered between its sending
/// and now, over that time, or over the time in which it was sent if that was longer.
///
/// @param acked what it acknowledged for the first time
/// @param lost what was found to be lost
/// @param inFlightBefore what was under way before
/// @param inFlight what is under way now
/// @param rtt the newest round trip; 0 before the first
/// @param leastRtt the shortest round trip of the connection; 0 before the first
/// @param smoothedRtt the smoothed round trip; 0 before the first
/// @param delivered what was delivered since the connection's start
/// @param deliveredThen the same, when the newest packet acknowledged was sent: a round trip ago
/// @param intervalDelivered what was delivered in the interval of the rate sample
/// @param intervalLost what was found to be lost in it
/// @param interval the interval's length; 0 if there is no sample
/// @param appLimited whether the sender had nothing to send in it, so that the path may take more
/// @param newestLossSentAt when the newest packet found to be lost was sent; `Long.MIN_VALUE` if none was
/// @spec https://datatracker.ietf.org/doc/html/draft-cheng-iccrg-delivery-rate-estimation Delivery Rate Estimation
public record AckSample(
        long now,
        long acked,
        long lost,
        long inFlightBefore,
        long inFlight,
        long rtt,
        long leastRtt,
        long smoothedRtt,
        long delivered,
        long deliveredThen,
        long intervalDelivered,
        long intervalLost,
        long interval,
        boolean appLimited,
        long newestLossSentAt) {}

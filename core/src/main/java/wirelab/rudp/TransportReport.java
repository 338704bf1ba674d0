package wirelab.rudp;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What a server tells a client of the transport's connections with its address: the sender's view. Immutable.
///
/// @param connections how many there are
/// @param newest the last that began, the last first; not more than [#MOST] of them
public record TransportReport(long connections, List<Connection> newest) {
    /// Connections in one reply: so many fit a datagram whatever their numbers are.
    public static final int MOST = 4;

    /// The largest number on the wire; what is larger stands as this.
    static final long LARGEST = 999_999_999_999_999_999L;

    private static final Duration LONGEST = Duration.ofMillis(9_999_999_999L);

    /// One connection, as its server sees it.
    ///
    /// @param rtt smoothed, in whole microseconds; zero before the first round trip
    /// @param leastRtt in whole microseconds; zero before the first round trip
    /// @param window octets that may be under way
    /// @param inFlight octets that are
    /// @param pacingRate octets a second; [#LARGEST] where nothing limits it, before the first round trip
    /// @param packetsSent of every kind
    /// @param packetsLost those that turned out to be late not counted
    /// @param octetsRetransmitted of streams, sent more than once
    public record Connection(
            Duration rtt,
            Duration leastRtt,
            long window,
            long inFlight,
            long pacingRate,
            long packetsSent,
            long packetsLost,
            long octetsRetransmitted) {
        public Connection {
            rtt = bounded(rtt);
            leastRtt = bounded(leastRtt);
            window = bounded(window);
            inFlight = bounded(inFlight);
            pacingRate = bounded(pacingRate);
            packetsSent = bounded(packetsSent);
            packetsLost = bounded(packetsLost);
            octetsRetransmitted = bounded(octetsRetransmitted);
        }

        /// Whether anything limits the rate.
        public boolean isPaced() {
            return pacingRate < LARGEST;
        }
    }

    public TransportReport {
        newest = List.copyOf(newest);
        connections = bounded(connections);
        if (newest.size() != Math.min(connections, MOST)) {
            throw new IllegalArgumentException("a report has each connection, but at most " + MOST);
        }
    }

    private static long bounded(long number) {
        return Math.clamp(number, 0, LARGEST);
    }

    private static Duration bounded(Duration time) {
        if (time.isNegative()) {
            return Duration.ZERO;
        }
        return time.compareTo(LONGEST) > 0 ? LONGEST : time.truncatedTo(ChronoUnit.MICROS);
    }
}

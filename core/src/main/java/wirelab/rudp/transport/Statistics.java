package wirelab.rudp.transport;

import java.time.Duration;

/// What a connection has done so far. Immutable. Amounts are octets.
///
/// @param packetsSent packets of every kind
/// @param octetsSent of UDP payload
/// @param packetsReceived packets that were read
/// @param octetsReceived of UDP payload
/// @param packetsLost of this end's, those that turned out to be late not counted
/// @param packetsLate taken for lost, and there after all
/// @param packetsRepeated that came more than once
/// @param octetsRetransmitted of streams, sent more than once
/// @param probes how often the probe timer went off
/// @param smoothedRtt zero before the first round trip
/// @param leastRtt zero before the first round trip
/// @param window what may be under way
/// @param inFlight what is under way
/// @param pacingRate octets a second
/// @param memory that streams hold
public record Statistics(
        long packetsSent,
        long octetsSent,
        long packetsReceived,
        long octetsReceived,
        long packetsLost,
        long packetsLate,
        long packetsRepeated,
        long octetsRetransmitted,
        long probes,
        Duration smoothedRtt,
        Duration leastRtt,
        long window,
        long inFlight,
        long pacingRate,
        long memory) {}

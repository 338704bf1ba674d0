package wirelab.rudp.transport;

/// What an end says of itself in its first frame: OPEN from a client, ACCEPT from a server. Immutable.
///
/// @param maxDatagram the longest datagram that it takes, in octets: 1200 to 65507
/// @param maxData how many octets of all streams together it takes for now
/// @param maxStreamData how many octets of each stream it takes for now
/// @param maxStreams how many streams the other end may open for now
/// @param idleMillis after so long without a packet the connection is over, in milliseconds
public record Parameters(int maxDatagram, long maxData, long maxStreamData, long maxStreams, long idleMillis) {
    public Parameters {
        require(maxDatagram >= PacketFormat.LEAST_MAXIMUM && maxDatagram <= PacketFormat.LONGEST, "a datagram");
        require(maxData >= 0 && maxData <= Varint.MAX, "the limit of octets");
        require(maxStreamData >= 0 && maxStreamData <= Varint.MAX, "the limit of a stream's octets");
        require(maxStreams >= 0 && maxStreams <= Frame.LAST_STREAM / 2, "the limit of streams");
        require(idleMillis >= 1 && idleMillis <= Frame.LONGEST_IDLE_MILLIS, "the idle time-out");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is out of range");
        }
    }
}

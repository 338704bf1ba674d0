package wirelab.rudp.transport;

import java.util.List;

/// A packet, which is a datagram. Immutable.
///
/// @param number of the sender's packets, counted up from 0 and never used twice; 0 in a RETRY or RESET
/// @param connectionId whose it is, see [PacketType]
public record Packet(PacketType type, long number, long connectionId, List<Frame> frames) {
    public Packet {
        if (number < 0 || number > PacketFormat.LAST_NUMBER) {
            throw new IllegalArgumentException("a packet number is 56 bits, not " + number);
        }
        frames = List.copyOf(frames);
    }
}

package wirelab.rudp.transport;

import java.nio.ByteBuffer;

/// Decides when to send an ACK, and writes it. Confined to one thread.
///
/// An ACK is due at once after a gap, an old packet or a PING, so that the other end learns of a loss; else after some
/// packets, or the longest delay (RFC 9000 section 13.2).
final class Acknowledger {
    /// No ACK waits longer.
    static final long MAX_DELAY = 5_000_000;

    /// Packets that one ACK stands for, at most: two while the other end's window is small, four later. An end that
    /// takes packets in batches sends one ACK a batch anyway.
    private static final int FIRST_PACKETS = 64;

    private static final int EVERY_AT_FIRST = 2;
    private static final int EVERY = 4;
    /// Or so many octets: four of Ethernet's packets.
    private static final int EVERY_OCTETS = 4 * 1472;

    /// An ACK tells of so many packets, so that it stands in for those before it that were lost; every eighth of more.
    private static final int DEPTH = 256;

    private static final int DEEP_EACH = 8;
    private static final int DEEP_OCTETS = 240;
    private static final int OCTETS = 64;
    private static final int LONGEST_NUMBERS = 1 + 8 + 8 + 2;

    private final ReceivedPackets received = new ReceivedPackets();
    private long largestAt;
    private long eliciting;
    private int waiting;
    private int waitingOctets;
    private long dueAt = Long.MAX_VALUE;
    private long acks;

    boolean isRepeat(long number) {
        return received.contains(number);
    }

    /// A packet arrived.
    ///
    /// @param size its octets
    /// @param elicits whether it wants an ACK
    /// @param ping whether it wants one at once
    void received(long number, int size, boolean elicits, boolean ping, long now) {
        boolean inOrder = number == received.largest() + 1;
        if (number > received.largest()) {
            largestAt = now;
        }
        received.add(number);
        if (!elicits) {
            return;
        }
        eliciting++;
        waiting++;
        waitingOctets += size;
        boolean many = waiting >= (eliciting < FIRST_PACKETS ? EVERY_AT_FIRST : EVERY) || waitingOctets >= EVERY_OCTETS;
        if (ping || !inOrder || many) {
            dueAt = Long.MIN_VALUE;
        } else {
            dueAt = Math.min(dueAt, now + MAX_DELAY);
        }
    }

    boolean isDue(long now) {
        return dueAt <= now;
    }

    /// Whether there is something to tell, due or not.
    boolean isWaiting() {
        return waiting > 0;
    }

    /// When an ACK is due; `Long.MAX_VALUE` for never.
    long dueAt() {
        return dueAt;
    }

    /// Writes the ACK, if there is anything to acknowledge and room for it.
    ///
    /// @return whether it was written
    boolean write(ByteBuffer to, long now) {
        dueAt = Long.MAX_VALUE;
        waiting = 0;
        waitingOctets = 0;
        if (received.largest() < 0) {
            return false;
        }
        acks++;
        boolean deep = acks % DEEP_EACH == 0;
        to.put((byte) Frame.ACK);
        Varint.write(to, received.largest());
        Varint.write(to, Math.max(0, now - largestAt) / 1000);
        int octets = Math.min(deep ? DEEP_OCTETS : OCTETS, to.remaining() - LONGEST_NUMBERS);
        // The length's two octets come first, and are known last.
        int lengthAt = to.position();
        to.putShort((short) 0);
        AckMap.write(received, deep ? ReceivedPackets.WINDOW : DEPTH, octets, to);
        to.putShort(lengthAt, (short) (0x4000 | to.position() - lengthAt - 2));
        return true;
    }
}

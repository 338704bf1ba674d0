package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import wirelab.wire.MalformedException;

/// Which packets below the largest arrived: the compact part of an ACK.
///
/// Going down from the number below the largest, each octet is one of
///
/// ```
/// 0 b b b b b b b   seven packets, the largest number first: 1 arrived, 0 did not
/// 1 0 n n n n n n   n + 8 packets in a row arrived
/// 1 1 n n n n n n   64 × (n + 1) packets in a row arrived
/// ```
///
/// Ranges, as QUIC has them, take two octets a loss, and 20 % loss is a loss every five packets; a plain bitmap takes
/// as
/// much when nothing is lost. This takes the less of both.
final class AckMap {
    private static final int LITERAL = 7;
    private static final int SHORT = 0x80;
    private static final int LONG = 0xC0;
    private static final int LONG_UNIT = 64;

    /// Takes the packet numbers that arrived, largest first, in runs that do not touch.
    @FunctionalInterface
    interface Runs {
        void received(long lowest, long highest) throws ProtocolViolation;
    }

    private AckMap() {}

    /// Reads `map`, and tells of `largest` too.
    ///
    /// @return down to which number the map tells
    static long read(long largest, ByteBuffer map, Runs runs) throws MalformedException, ProtocolViolation {
        long top = largest;
        long next = largest - 1;
        while (map.hasRemaining()) {
            int octet = Byte.toUnsignedInt(map.get());
            if (octet < SHORT) {
                for (int bit = LITERAL - 1; bit >= 0; bit--, next--) {
                    boolean arrived = (octet >> bit & 1) == 1;
                    if (!arrived && top > next) {
                        runs.received(next + 1, top);
                    }
                    if (!arrived) {
                        top = next - 1;
                    } else if (next < 0) {
                        throw belowZero(map);
                    }
                }
            } else {
                int count = octet < LONG ? (octet & 0x3F) + LITERAL + 1 : ((octet & 0x3F) + 1) * LONG_UNIT;
                next -= count;
                if (next < -1) {
                    throw belowZero(map);
                }
            }
        }
        if (top > next) {
            runs.received(next + 1, top);
        }
        return Math.max(0, next + 1);
    }

    /// Writes what `received` has of the packets below its largest.
    ///
    /// @param depth of how many numbers at most
    /// @param octets how many octets it may take
    static void write(ReceivedPackets received, int depth, int octets, ByteBuffer to) {
        long next = received.largest() - 1;
        long end = Math.max(received.lowest(), received.largest() - depth);
        for (int room = Math.min(octets, to.remaining()); room > 0 && next >= end; room--) {
            int run = received.runDownFrom(next, end);
            if (run >= LONG_UNIT) {
                int units = Math.min(run / LONG_UNIT, 0x40);
                to.put((byte) (LONG | units - 1));
                next -= (long) units * LONG_UNIT;
            } else if (run > LITERAL) {
                to.put((byte) (SHORT | run - LITERAL - 1));
                next -= run;
            } else {
                to.put((byte) received.bitsDownFrom(next, LITERAL));
                next -= LITERAL;
            }
        }
    }

    private static MalformedException belowZero(ByteBuffer map) {
        return new MalformedException(map.position() - 1, "an ACK of packets below number 0");
    }
}

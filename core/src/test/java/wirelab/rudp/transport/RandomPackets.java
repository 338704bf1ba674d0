package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import wirelab.wire.Bytes;

/// Packets of all kinds, by a seed.
final class RandomPackets {
    private static final List<PacketType> TYPES = List.of(PacketType.values());

    private RandomPackets() {}

    static Packet packet(RandomGenerator random) {
        var frames = new ArrayList<Frame>();
        for (int i = random.nextInt(6); i > 0; i--) {
            // Two paddings in a row are one.
            if (frames.isEmpty() || !(frames.getLast() instanceof Frame.Padding)) {
                frames.add(frame(random, random.nextInt(10)));
            }
        }
        if (random.nextBoolean()) {
            var octets = new byte[random.nextInt(1000)];
            random.nextBytes(octets);
            frames.add(new Frame.Stream(
                    random.nextInt(1 << 20), number(random) >>> 1, random.nextBoolean(), Bytes.copyOf(octets)));
        }
        return new Packet(
                TYPES.get(random.nextInt(TYPES.size())),
                random.nextLong(1L << 56),
                random.nextLong(),
                List.copyOf(frames));
    }

    /// A packet whose frames are these octets, with a check that fits.
    static Bytes packetOf(byte[] frames) {
        return packetOf(42, frames);
    }

    static Bytes packetOf(long connectionId, byte[] frames) {
        var octets = ByteBuffer.allocate(PacketFormat.OVERHEAD + frames.length);
        octets.putLong(PacketFormat.word(PacketType.DATA, 7))
                .putLong(connectionId)
                .put(frames);
        return Bytes.copyOf(octets.putInt(PacketFormat.check(new CRC32C(), octets, 0, octets.position()))
                .flip());
    }

    private static Frame frame(RandomGenerator random, int kind) {
        return switch (kind) {
            case 0 -> new Frame.Padding(1 + random.nextInt(20));
            case 1 -> new Frame.Ping();
            case 2 -> ack(random);
            case 3 -> new Frame.Open(parameters(random), token(random));
            case 4 -> new Frame.Accept(random.nextLong(), parameters(random));
            case 5 -> new Frame.MaxData(number(random));
            case 6 -> new Frame.MaxStreamData(random.nextInt(Frame.LAST_STREAM), number(random));
            case 7 -> new Frame.MaxStreams(random.nextInt(Frame.LAST_STREAM / 2));
            case 8 -> new Frame.Token(token(random));
            default -> new Frame.Close(number(random), "für heute genug");
        };
    }

    /// An ACK down to number 0, so that its octets end where its packets do.
    private static Frame ack(RandomGenerator random) {
        var ranges = new ArrayList<Frame.Range>();
        long next = random.nextInt(2000);
        long largest = next;
        while (next >= 0) {
            long low = Math.max(0, next - random.nextInt(200));
            ranges.add(new Frame.Range(low, next));
            next = low - 2 - random.nextInt(20);
        }
        return new Frame.Ack(largest, random.nextInt(1 << 20), 0, ranges);
    }

    private static Parameters parameters(RandomGenerator random) {
        return new Parameters(
                1200 + random.nextInt(60_000),
                number(random),
                number(random),
                random.nextInt(100),
                1 + random.nextInt(1_000_000));
    }

    private static Bytes token(RandomGenerator random) {
        var octets = new byte[random.nextInt(Frame.LONGEST_TOKEN + 1)];
        random.nextBytes(octets);
        return Bytes.copyOf(octets);
    }

    private static long number(RandomGenerator random) {
        return random.nextLong(1L << (1 + random.nextInt(61)));
    }
}

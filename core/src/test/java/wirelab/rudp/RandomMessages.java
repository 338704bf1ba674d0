package wirelab.rudp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import wirelab.rudp.RudpMessage.AckGet;
import wirelab.rudp.RudpMessage.AckPart;
import wirelab.rudp.RudpMessage.EchoReply;
import wirelab.rudp.RudpMessage.PartRange;
import wirelab.rudp.RudpMessage.SignAck;
import wirelab.rudp.RudpMessage.SignEcho;
import wirelab.rudp.RudpMessage.SignEnd;
import wirelab.rudp.RudpMessage.SignFull;
import wirelab.rudp.RudpMessage.SignGet;
import wirelab.rudp.RudpMessage.SignLost;
import wirelab.rudp.RudpMessage.SignNew;
import wirelab.rudp.RudpMessage.SignStat;
import wirelab.rudp.RudpMessage.StatReply;
import wirelab.rudp.RudpMessage.Unknown;
import wirelab.wire.Bytes;

/// Messages of every type, and datagrams that are nearly one. For tests.
final class RandomMessages {
    private RandomMessages() {}

    static RudpMessage next(RandomGenerator random) {
        long id = 1 + random.nextLong(random.nextBoolean() ? 1000 : RudpMessage.LAST_ID);
        var time = random.nextInt(Integer.MAX_VALUE) + "." + (1_000_000 + random.nextInt(9_000_000));
        int count = 2 + random.nextInt(AckPart.MOST - 1);
        return switch (random.nextInt(13)) {
            case 0 -> new SignNew(letters(random, '!', '9', 1 + random.nextInt(32)));
            case 1 -> new SignAck();
            case 2 -> new SignEcho(id, time);
            case 3 -> new EchoReply(id, time);
            case 4 -> new SignStat(id, random.nextBoolean());
            case 5 ->
                new StatReply(
                        id,
                        random.nextLong(1_000_000_000_000_000_000L),
                        random.nextLong(1000),
                        Duration.ofMillis(random.nextInt() & 0x7fff_ffff),
                        random.nextBoolean() ? Optional.of(report(random)) : Optional.empty());
            case 6 -> new SignGet(id, octets(random));
            case 7 -> new AckGet(id, Bytes.ascii("x").plus(octets(random)));
            case 8 ->
                new AckPart(
                        id,
                        1 + random.nextInt(count),
                        count,
                        random.nextInt(),
                        Bytes.of(random.nextInt()).plus(octets(random)));
            case 9 -> new SignLost(id, ranges(random));
            case 10 -> new SignFull(random.nextBoolean() ? id : 0);
            case 11 -> new SignEnd(random.nextBoolean() ? id : 0);
            default ->
                new Unknown(letters(random, 'P', 'Z', 8), random.nextBoolean() ? Bytes.EMPTY : Bytes.ascii(":x"));
        };
    }

    /// Some octets changed, dropped, added or cut off; or none.
    static Bytes mutated(Bytes packet, RandomGenerator random) {
        var result = packet;
        for (int i = random.nextInt(4); i > 0 && !result.isEmpty(); i--) {
            int at = random.nextInt(result.size());
            var head = result.slice(0, at);
            var octet =
                    Bytes.of(random.nextBoolean() ? ":;#-,/0123456789".charAt(random.nextInt(16)) : random.nextInt());
            result = switch (random.nextInt(4)) {
                case 0 -> head;
                case 1 -> head.plus(result.slice(at + 1, result.size()));
                case 2 -> head.plus(octet).plus(result.slice(at, result.size()));
                default -> head.plus(octet).plus(result.slice(at + 1, result.size()));
            };
        }
        return result;
    }

    private static TransportReport report(RandomGenerator random) {
        int count = random.nextInt(TransportReport.MOST + 3);
        var newest = Stream.generate(() -> new TransportReport.Connection(
                        Duration.ofNanos(random.nextLong(1L << 40)),
                        Duration.ofNanos(random.nextLong(1L << 30)),
                        random.nextLong(1L << 30),
                        random.nextLong(100),
                        random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(1L << 40),
                        random.nextInt(1000),
                        random.nextInt(10),
                        random.nextLong(1L << 50)))
                .limit(Math.min(count, TransportReport.MOST))
                .toList();
        return new TransportReport(count, newest);
    }

    private static List<PartRange> ranges(RandomGenerator random) {
        return Stream.generate(() -> {
                    int first = 1 + random.nextInt(AckPart.MOST);
                    return new PartRange(first, random.nextBoolean() ? first : random.nextInt(first, AckPart.MOST + 1));
                })
                .limit(random.nextInt(SignLost.MOST_RANGES + 1))
                .toList();
    }

    private static Bytes octets(RandomGenerator random) {
        var octets = new byte[random.nextInt(50)];
        random.nextBytes(octets);
        return Bytes.copyOf(octets);
    }

    private static String letters(RandomGenerator random, char first, char last, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> Character.toString(first + random.nextInt(last - first + 1)))
                .reduce("", String::concat);
    }
}

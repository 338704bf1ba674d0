package wirelab.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import wirelab.wire.Bytes;

/// Messages of every kind, and messages with a few octets changed.
final class RandomMessages {
    private static final List<String> LABELS = List.of("a", "B", "example", "Com", "*", "a.b", "\0\u00ff", "x-9");

    private RandomMessages() {}

    static DnsMessage message(RandomGenerator random) {
        return new DnsMessage(
                DnsHeader.ofFlags(random.nextInt(65_536), random.nextInt(65_536)),
                some(
                        random,
                        3,
                        () -> new Question(name(random), type(random), new RecordClass(random.nextInt(65_536)))),
                some(random, 5, () -> record(random)),
                some(random, 5, () -> record(random)),
                some(random, 5, () -> record(random)));
    }

    static Bytes mutated(RandomGenerator random, Bytes message) {
        var octets = message.toArray();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        int cut = random.nextInt(4) == 0 ? random.nextInt(octets.length) : octets.length;
        return Bytes.copyOf(octets).slice(0, cut);
    }

    private static <T> List<T> some(RandomGenerator random, int most, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(most + 1)).toList();
    }

    static DnsName name(RandomGenerator random) {
        var labels = new ArrayList<Bytes>();
        for (int i = random.nextInt(5); i > 0; i--) {
            labels.add(Bytes.copyOf(LABELS.get(random.nextInt(LABELS.size())).getBytes(StandardCharsets.ISO_8859_1)));
        }
        return DnsName.ofLabels(labels);
    }

    private static RecordType type(RandomGenerator random) {
        return new RecordType(random.nextBoolean() ? random.nextInt(65) : random.nextInt(65_536));
    }

    private static ResourceRecord record(RandomGenerator random) {
        var data = data(random);
        var recordClass = data instanceof Rdata.Opt ? new RecordClass(random.nextInt(65_536)) : RecordClass.IN;
        return new ResourceRecord(name(random), recordClass, random.nextLong(1L << 32), data);
    }

    private static Rdata data(RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0 -> new Rdata.A((Inet4Address) address(random, 4));
            case 1 -> new Rdata.Aaaa((Inet6Address) address(random, 16));
            case 2 -> new Rdata.Ns(name(random));
            case 3 -> new Rdata.Cname(name(random));
            case 4 -> new Rdata.Ptr(name(random));
            case 5 -> new Rdata.Soa(name(random), name(random), u32(random), u32(random), 0, u32(random), u32(random));
            case 6 -> new Rdata.Mx(random.nextInt(65_536), name(random));
            case 7 -> new Rdata.Txt(List.of(octets(random, 255), octets(random, 255)));
            case 8 -> new Rdata.Srv(random.nextInt(65_536), 1, 2, name(random));
            case 9 -> new Rdata.Opt(some(random, 3, () -> new Edns.Option(random.nextInt(65_536), octets(random, 40))));
            case 10 -> new Rdata.Dname(name(random));
            default -> new Rdata.Unknown(new RecordType(65_280 + random.nextInt(200)), octets(random, 300));
        };
    }

    private static long u32(RandomGenerator random) {
        return random.nextLong(1L << 32);
    }

    static Bytes octets(RandomGenerator random, int most) {
        var octets = new byte[random.nextInt(most + 1)];
        random.nextBytes(octets);
        return Bytes.copyOf(octets);
    }

    private static InetAddress address(RandomGenerator random, int size) {
        var octets = new byte[size];
        random.nextBytes(octets);
        try {
            return size == 4 ? InetAddress.getByAddress(octets) : Inet6Address.getByAddress("", octets, -1);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}

package wirelab.dnsserver.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Question;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.transfer.TransferReader.TransferException;
import wirelab.dnsserver.engine.zone.Difference;
import wirelab.dnsserver.engine.zone.History;
import wirelab.dnsserver.engine.zone.Zone;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Zones through the messages of a transfer, and out of them again.
class TransfersTest {
    private static final DnsName ORIGIN = DnsName.of("example.com");

    private static ResourceRecord soa(long serial) {
        return new ResourceRecord(
                ORIGIN, 60, new Rdata.Soa(ORIGIN.child("ns"), ORIGIN.child("who"), serial, 60, 60, 600, 60));
    }

    private static ResourceRecord a(int name, int address) {
        return new ResourceRecord(
                ORIGIN.child("host" + name), 60, new Rdata.A(Inet4Address.ofLiteral("10.0.0." + address)));
    }

    private static Zone zone(long serial, Set<ResourceRecord> records) {
        var ns = new ResourceRecord(ORIGIN, 60, new Rdata.Ns(ORIGIN.child("ns")));
        return Zone.of(
                ORIGIN,
                Stream.concat(Stream.of(soa(serial), ns), records.stream()).toList());
    }

    private static Set<ResourceRecord> randomRecords(RandomGenerator random) {
        return IntStream.range(0, random.nextInt(200))
                .mapToObj(_ -> a(random.nextInt(60), random.nextInt(1, 200)))
                .collect(Collectors.toSet());
    }

    private static Set<ResourceRecord> all(Zone zone) {
        return Stream.concat(Stream.of(zone.soa()), zone.records()).collect(Collectors.toSet());
    }

    private static Zone sent(Iterator<ResourceRecord> records, Optional<Zone> old) {
        var ours = old.map(one -> OptionalLong.of(one.serial())).orElse(OptionalLong.empty());
        var reader = new TransferReader(ORIGIN, ours);
        var question = new Question(ORIGIN, old.isPresent() ? RecordType.IXFR : RecordType.AXFR);
        var messages = new TransferMessages(DnsHeader.ofFlags(1, 0x8400), question, records);
        boolean complete = false;
        try {
            while (messages.hasNext()) {
                assertThat(complete).isFalse();
                complete = reader.add(DnsCodec.decode(messages.next()));
            }
            assertThat(complete).isTrue();
            return reader.zone(old);
        } catch (MalformedException | TransferException e) {
            throw new AssertionError(e);
        }
    }

    @Property(tries = 30)
    void aWholeZoneComesAsItWas(RandomGenerator random) {
        var zone = zone(1, randomRecords(random));
        assertThat(all(sent(Transfers.whole(zone).iterator(), Optional.empty())))
                .isEqualTo(all(zone));
    }

    @Property(tries = 50)
    void changesTurnEachEarlierVersionIntoTheLast(RandomGenerator random) {
        var versions = new ArrayList<Zone>();
        var records = randomRecords(random);
        var history = History.NONE;
        for (int serial = 1; serial <= 5; serial++) {
            versions.add(zone(serial, records));
            if (serial > 1) {
                history = history.then(versions.get(serial - 2), versions.get(serial - 1));
            }
            var next = new HashSet<>(records);
            next.removeIf(_ -> random.nextInt(20) == 0);
            next.add(a(random.nextInt(60), random.nextInt(1, 200)));
            records = next;
        }
        var last = versions.getLast();
        var transfers = new Transfers(TransferRules.NONE, Map.of(ORIGIN, history));
        for (var old : versions) {
            var stream = transfers.incremental(last, List.of(old.soa())).orElseThrow();
            var result = old.serial() == last.serial() ? last : sent(stream, Optional.of(old));
            assertThat(all(result)).isEqualTo(all(last));
        }
    }

    @Test
    void whoHasThatVersionGetsTheSoaAlone() throws MalformedException, TransferException {
        var zone = zone(5, Set.of(a(1, 1)));
        var stream = Transfers.NONE.incremental(zone, List.of(zone.soa())).orElseThrow();
        var messages =
                new TransferMessages(DnsHeader.ofFlags(1, 0x8400), new Question(ORIGIN, RecordType.IXFR), stream);
        var message = DnsCodec.decode(messages.next());
        assertThat(message.answers()).containsExactly(soa(5));
        var reader = new TransferReader(ORIGIN, OptionalLong.of(5));
        assertThat(reader.add(message)).isTrue();
        assertThat(reader.hasNews()).isFalse();
    }

    @Test
    void whoseVersionIsNotKnownGetsTheWholeZone() {
        var zone = zone(9, Set.of(a(1, 1), a(2, 2)));
        var old = zone(3, Set.of(a(3, 3)));
        var stream = Transfers.NONE.incremental(zone, List.of(old.soa())).orElseThrow();
        assertThat(all(sent(stream, Optional.of(old)))).isEqualTo(all(zone));
    }

    @Test
    void theHistoryIsBounded() {
        var history = History.NONE;
        var before = zone(1, Set.of(a(1, 1)));
        for (int serial = 2; serial < 100; serial++) {
            var after = zone(serial, Set.of(a(1, serial)));
            history = history.then(before, after);
            before = after;
        }
        assertThat(history.changes()).hasSize(20);
        assertThat(history.since(99 - 20)).isPresent();
        assertThat(history.since(99 - 21)).isEmpty();
    }

    @Test
    void aVersionOfTheSameNumberWithOtherContentEndsTheHistory() {
        var first = zone(1, Set.of(a(1, 1)));
        var second = zone(2, Set.of(a(1, 2)));
        var history = History.NONE.then(first, second);
        assertThat(history.then(second, zone(2, Set.of(a(1, 2))))).isEqualTo(history);
        assertThat(history.then(second, zone(2, Set.of(a(1, 3))))).isEqualTo(History.NONE);
        assertThat(history.then(second, zone(1, Set.of(a(1, 3))))).isEqualTo(History.NONE);
    }

    @Test
    void changesThatDoNotFitAreNotApplied() {
        var zone = zone(1, Set.of(a(1, 1)));
        var removesWhatIsNotThere = new Difference(soa(1), soa(2), List.of(a(2, 2)), List.of());
        var fromAnother = new Difference(soa(5), soa(6), List.of(), List.of(a(2, 2)));
        assertThatThrownBy(() -> Difference.applied(zone, List.of(removesWhatIsNotThere)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Difference.applied(zone, List.of(fromAnother)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMessageIsMadeWhenItIsAskedFor() throws MalformedException {
        var made = new AtomicInteger();
        var records = IntStream.range(0, 1_000_000)
                .mapToObj(i -> a(i, 1))
                .peek(_ -> made.incrementAndGet())
                .iterator();
        var messages =
                new TransferMessages(DnsHeader.ofFlags(1, 0x8400), new Question(ORIGIN, RecordType.AXFR), records);
        var first = messages.next();
        assertThat(first.size()).isBetween(16_000, 17_000);
        assertThat(made.get()).isLessThan(1000);
        assertThat(DnsCodec.decode(first).questions()).hasSize(1);
        assertThat(DnsCodec.decode(messages.next()).questions()).isEmpty();
    }

    @Test
    void longRecordsComeOneAMessage() {
        var strings = IntStream.range(0, 200)
                .mapToObj(_ -> Bytes.copyOf(new byte[255]))
                .toList();
        var records = IntStream.range(0, 5)
                .mapToObj(i -> new ResourceRecord(ORIGIN.child("t" + i), 60, new Rdata.Txt(strings)))
                .collect(Collectors.toSet());
        var zone = zone(1, records);
        assertThat(all(sent(Transfers.whole(zone).iterator(), Optional.empty())))
                .isEqualTo(all(zone));
    }

    @Test
    void whatIsNoTransferIsRefused() {
        assertRefused(List.of(a(1, 1)));
        assertRefused(List.of(soa(2), soa(2)));
        assertRefused(List.of(soa(2), new ResourceRecord(DnsName.of("example.org"), 60, a(1, 1).data())));
        assertRefused(List.of(soa(2), a(1, 1), soa(2), a(1, 1)));
        assertRefused(List.of());
    }

    private static void assertRefused(List<ResourceRecord> answers) {
        var message = new DnsMessage(DnsHeader.ofFlags(1, 0x8400), List.of(), answers, List.of(), List.of());
        assertThatThrownBy(() -> new TransferReader(ORIGIN, OptionalLong.empty()).add(message))
                .isInstanceOf(TransferException.class);
    }
}

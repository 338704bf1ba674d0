package wirelab.dnsserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import wirelab.daemon.ExitException;
import wirelab.daemon.Metrics;
import wirelab.dhcp.Prefix;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Rcode;
import wirelab.dns.RecordType;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.DnsEngine;
import wirelab.dnsserver.engine.zone.Zones;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

class ResponderTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), 5353);

    private final Counts counts = new Counts();
    private final Resolver resolver =
            new Resolver(engine(), new QueryLog(new QueryCounts(counts), new QueryLines(0)), new Access(List.of()), 0);

    /// Keeps the sums, by label and value.
    private static final class Counts implements Metrics {
        private final Map<String, Long> sums = new TreeMap<>();

        @Override
        public Counter counter(String name, String help, String label, String value) {
            return count -> sums.merge(label + "=" + value, count, Long::sum);
        }

        @Override
        public void gauge(String name, String help, DoubleSupplier reading) {}

        @Override
        public void gauges(String name, String help, List<String> labels, Supplier<List<Reading>> readings) {}

        @Override
        public Timings timings(String name, String help) {
            return _ -> {};
        }

        @Override
        public void close() {}
    }

    private static DnsEngine engine() {
        try {
            return new DnsEngine(Zones.of(new ZoneSource(List.of()).read()), "test");
        } catch (ExitException e) {
            throw new AssertionError(e);
        }
    }

    private boolean answers(Bytes packet) {
        return resolver.borrow().answer(packet.toBuffer(), CLIENT, Carrier.UDP).hasRemaining();
    }

    private static Bytes query(String name) {
        return DnsCodec.encode(DnsMessage.query(1, DnsName.of(name), RecordType.A));
    }

    @Test
    void whatComesIsCountedByRcodeTypeAndTransport() {
        assertThat(answers(query("example.com"))).isTrue();
        assertThat(answers(query("ns.example.com"))).isTrue();
        assertThat(answers(query("nothing.example.com"))).isTrue();
        assertThat(answers(query("example.org"))).isTrue();
        assertThat(answers(query("example.com").plus(Bytes.of(0)))).isTrue();
        assertThat(answers(Bytes.EMPTY)).isFalse();
        assertThat(counts.sums)
                .isEqualTo(Map.of(
                        "rcode=NOERROR", 2L,
                        "rcode=NXDOMAIN", 1L,
                        "rcode=REFUSED", 1L,
                        "rcode=FORMERR", 1L,
                        "rcode=none", 1L,
                        "type=A", 4L,
                        "type=TYPE0", 1L,
                        "transport=UDP", 5L));
    }

    @Test
    void anotherEngineAnswersFromTheNextQueryOn() {
        resolver.use(new DnsEngine(Zones.of(List.of()), "none"));
        assertThat(answers(query("example.com"))).isTrue();
        assertThat(counts.sums).containsEntry("rcode=REFUSED", 1L);
    }

    private ByteBuffer answer(Resolver one, String client, String name) {
        var from = new InetSocketAddress(Inet4Address.ofLiteral(client), 5353);
        return one.borrow().answer(query(name).toBuffer(), from, Carrier.UDP);
    }

    private static Rcode rcode(ByteBuffer answer) {
        try {
            return DnsCodec.decode(answer).rcode();
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoIsOfNoNetworkThatMayAskIsRefused() {
        var log = new QueryLog(new QueryCounts(counts), new QueryLines(0));
        var networks = new Access(List.of(Prefix.parse("127.0.1.0/24"), Prefix.parse("10.0.0.0/8")));
        var closed = new Resolver(engine(), log, networks, 0);
        assertThat(rcode(answer(closed, "127.0.1.9", "example.com"))).isEqualTo(Rcode.NOERROR);
        assertThat(rcode(answer(closed, "10.9.9.9", "example.com"))).isEqualTo(Rcode.NOERROR);
        assertThat(rcode(answer(closed, "127.0.0.1", "example.com"))).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void overTheLimitAnswersAreCutToTheirQuestionOrHeldBack() throws MalformedException {
        var log = new QueryLog(new QueryCounts(counts), new QueryLines(0));
        var limited = new Resolver(engine(), log, new Access(List.of()), 1);
        var responder = limited.borrow();
        var query = query("example.com");
        assertThat(DnsCodec.decode(responder.answer(query.toBuffer(), CLIENT, Carrier.UDP))
                        .answers())
                .hasSize(1);
        var cut = DnsCodec.decode(responder.answer(query.toBuffer(), CLIENT, Carrier.UDP));
        assertThat(cut.header().truncated()).isTrue();
        assertThat(cut.questions()).hasSize(1);
        assertThat(cut.answers()).isEmpty();
        assertThat(responder.answer(query.toBuffer(), CLIENT, Carrier.UDP).hasRemaining())
                .isFalse();
        assertThat(responder.answer(query.toBuffer(), CLIENT, Carrier.TCP).hasRemaining())
                .isTrue();
        assertThat(counts.sums).containsEntry("transport=UDP", 5L);
    }
}

package wirelab.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;

class DnsQueryTest {
    private static final DnsName NAME = DnsName.of("example.com");
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private final DnsQuery question = new DnsQuery(
            DnsRequest.plain(NAME, RecordType.A),
            Pace.DNS,
            RandomGeneratorFactory.of("L64X128MixRandom").create(1),
            START);

    @Test
    void asksIn29OctetsWithRecursionDesiredAndNoEdns() {
        var query = asked();
        assertThat(DnsCodec.encode(query).size()).isEqualTo(29);
        assertThat(query.header().flags()).isEqualTo(0x0100);
        assertThat(query.additionals()).isEmpty();
    }

    @Test
    void takesTheAnswerToItsQuestion() {
        var answer = answer(asked(), a(NAME, "127.0.0.10"));
        assertThat(question.handle(answer)).isEqualTo(Verdict.accepted());
        assertThat(question.answer()).contains(answer);
        assertThat(DnsQuery.addresses(answer)).containsExactly(ip("127.0.0.10"));
    }

    @Test
    void takesAnAnswerInAnotherCase() {
        var asked = asked();
        var shouting = new DnsMessage(
                asked.header().reply(true, Rcode.NOERROR),
                List.of(new Question(DnsName.of("EXAMPLE.com"), RecordType.A)),
                List.of(),
                List.of(),
                List.of());
        assertThat(question.handle(shouting)).isEqualTo(Verdict.accepted());
    }

    @Test
    void ignoresAnAnswerOfAnotherId() {
        var asked = asked();
        var answer = answer(asked, a(NAME, "127.0.0.10"));
        var other = new DnsMessage(
                DnsHeader.ofFlags(asked.header().id() ^ 1, answer.header().flags()),
                answer.questions(),
                answer.answers(),
                List.of(),
                List.of());
        assertThat(question.handle(other)).isEqualTo(Verdict.ignored("another id than ours"));
        assertThat(question.answer()).isEmpty();
    }

    @Test
    void ignoresAnAnswerToAnotherQuestion() {
        var asked = asked();
        var other = new DnsMessage(
                asked.header().reply(true, Rcode.NOERROR),
                List.of(new Question(DnsName.of("example.org"), RecordType.A)),
                List.of(),
                List.of(),
                List.of());
        assertThat(question.handle(other)).isEqualTo(Verdict.ignored("an answer to another question"));
    }

    @Test
    void ignoresItsOwnQueryComingBack() {
        assertThat(question.handle(asked())).isEqualTo(Verdict.ignored("a query"));
    }

    @Test
    void takesAFormerrWithoutItsQuestion() {
        var formerr = new DnsMessage(
                asked().header().reply(false, Rcode.FORMERR), List.of(), List.of(), List.of(), List.of());
        assertThat(question.handle(formerr)).isEqualTo(Verdict.accepted());
    }

    @Test
    void goesToTcpWhenTheAnswerIsCutOff() {
        var asked = asked();
        var cut = answer(asked);
        assertThat(question.handle(
                        new DnsMessage(cut.header().asTruncated(), cut.questions(), List.of(), List.of(), List.of())))
                .isEqualTo(Verdict.accepted());
        assertThat(question.wantsTcp()).isTrue();
        question.handleOverTcp(answer(asked, a(NAME, "127.0.0.10")));
        assertThat(question.wantsTcp()).isFalse();
        assertThat(question.answer()).isPresent();
    }

    @Test
    void asksAgainAfterOneSecondTwoAndFour() {
        var first = asked();
        var now = START;
        for (int seconds : new int[] {1, 2, 4, 8, 8}) {
            assertThat(question.deadline()).isEqualTo(now.plus(Duration.ofSeconds(seconds)));
            now = question.deadline();
            question.tick(now.minusNanos(1));
            assertThat(question.poll()).isEmpty();
            question.tick(now);
            assertThat(question.poll()).contains(first);
        }
    }

    @Test
    void asksNoMoreOnceAnswered() {
        question.handle(answer(asked()));
        assertThat(question.deadline()).isEqualTo(Instant.MAX);
    }

    @Test
    void findsTheAddressBehindAliases() {
        var alias = DnsName.of("www.example.com");
        var answer = answer(
                asked(),
                new ResourceRecord(alias, 60, new Rdata.Cname(DnsName.of("host.example.com"))),
                new ResourceRecord(NAME, 60, new Rdata.Cname(alias)),
                a(DnsName.of("host.example.com"), "127.0.0.10"),
                a(DnsName.of("else.example.com"), "127.0.0.66"));
        assertThat(DnsQuery.addresses(answer)).containsExactly(ip("127.0.0.10"));
    }

    @Test
    void endsWhereAliasesGoRound() {
        var one = DnsName.of("one.example.com");
        var answer = answer(
                asked(),
                new ResourceRecord(NAME, 60, new Rdata.Cname(one)),
                new ResourceRecord(one, 60, new Rdata.Cname(NAME)));
        assertThat(DnsQuery.addresses(answer)).isEmpty();
    }

    private DnsMessage asked() {
        question.tick(START);
        return question.poll().orElseThrow();
    }

    private static DnsMessage answer(DnsMessage query, ResourceRecord... records) {
        return new DnsMessage(
                query.header().reply(true, Rcode.NOERROR), query.questions(), List.of(records), List.of(), List.of());
    }

    private static ResourceRecord a(DnsName name, String address) {
        return new ResourceRecord(name, 60, new Rdata.A(ip(address)));
    }

    private static Inet4Address ip(String text) {
        return Inet4Address.ofLiteral(text);
    }
}

package wirelab.dnsserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
import wirelab.dnsserver.engine.RateLimit.Verdict;
import wirelab.wire.Bytes;

class RateLimitTest {
    private static final int NETWORK = 0x7f000100;
    private static final long SECOND = 1_000_000_000L;

    private final RateLimit limit = new RateLimit(10);

    private static Bytes answer(String name, Rcode rcode) {
        var owner = DnsName.of(name);
        var records = rcode.equals(Rcode.NOERROR)
                ? List.of(new ResourceRecord(owner, 60, new Rdata.Ns(DnsName.ROOT)))
                : List.<ResourceRecord>of();
        return DnsCodec.encode(new DnsMessage(
                DnsHeader.query(1, false).reply(true, rcode),
                List.of(new Question(owner, RecordType.NS)),
                records,
                List.of(),
                List.of()));
    }

    private Verdict verdict(int address, Bytes answer, long nanos) {
        return limit.verdict(address, answer.toBuffer(), nanos);
    }

    @Test
    void aSecondsAnswersMayComeAtOnceAndThenEveryOtherIsCut() {
        var answer = answer("example.com", Rcode.NOERROR);
        var verdicts = new ArrayList<Verdict>();
        for (int i = 0; i < 14; i++) {
            verdicts.add(verdict(NETWORK + i, answer, 5 * SECOND));
        }
        assertThat(verdicts.subList(0, 10)).containsOnly(Verdict.SEND);
        assertThat(verdicts.subList(10, 14))
                .containsExactly(Verdict.TRUNCATE, Verdict.DROP, Verdict.TRUNCATE, Verdict.DROP);
    }

    @Test
    void theAccountFillsAgain() {
        var answer = answer("example.com", Rcode.NOERROR);
        for (int i = 0; i < 20; i++) {
            verdict(NETWORK, answer, 5 * SECOND);
        }
        assertThat(verdict(NETWORK, answer, 5 * SECOND + SECOND / 10)).isEqualTo(Verdict.SEND);
        assertThat(verdict(NETWORK, answer, 5 * SECOND + SECOND / 10)).isNotEqualTo(Verdict.SEND);
        assertThat(verdict(NETWORK, answer, 9 * SECOND)).isEqualTo(Verdict.SEND);
    }

    @Test
    void anotherNetworkAndAnotherNameHaveTheirOwn() {
        for (int i = 0; i < 20; i++) {
            verdict(NETWORK, answer("example.com", Rcode.NOERROR), 5 * SECOND);
        }
        assertThat(verdict(NETWORK, answer("example.org", Rcode.NOERROR), 5 * SECOND))
                .isEqualTo(Verdict.SEND);
        assertThat(verdict(NETWORK + 256, answer("example.com", Rcode.NOERROR), 5 * SECOND))
                .isEqualTo(Verdict.SEND);
        assertThat(verdict(NETWORK, answer("EXAMPLE.com", Rcode.NOERROR), 5 * SECOND))
                .isNotEqualTo(Verdict.SEND);
    }

    @Test
    void namesThatAreNotThereShareOne() {
        int sent = 0;
        for (int i = 0; i < 100; i++) {
            sent += verdict(NETWORK, answer("nx" + i + ".example.com", Rcode.NXDOMAIN), 5 * SECOND) == Verdict.SEND
                    ? 1
                    : 0;
        }
        assertThat(sent).isEqualTo(10);
    }

    @Test
    void nobodyIsHeldBackWhenTheClockBegins() {
        assertThat(verdict(NETWORK, answer("example.com", Rcode.NOERROR), Long.MIN_VALUE / 2))
                .isEqualTo(Verdict.SEND);
    }
}

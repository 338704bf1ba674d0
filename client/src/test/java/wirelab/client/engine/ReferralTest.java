package wirelab.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.List;
import org.junit.jupiter.api.Test;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;

class ReferralTest {
    private static final Question QUESTION = new Question(DnsName.of("www.lab.example.com"), RecordType.A);
    private static final DnsName CUT = DnsName.of("lab.example.com");
    private static final DnsName SERVER = DnsName.of("ns.lab.example.com");
    private static final Inet4Address ADDRESS = Inet4Address.ofLiteral("127.0.0.20");

    @Test
    void leadsToTheServersOfTheZoneBelow() {
        var response = response(false, List.of(), List.of(ns(CUT)), List.of(a(SERVER)));
        assertThat(Referral.of(response, QUESTION, DnsName.of("example.com")))
                .contains(new Referral(CUT, List.of(SERVER), List.of(new Referral.Glue(SERVER, ADDRESS))));
    }

    @Test
    void anAuthoritativeAnswerIsNone() {
        var response = response(true, List.of(), List.of(ns(CUT)), List.of());
        assertThat(Referral.of(response, QUESTION, DnsName.ROOT)).isEmpty();
    }

    @Test
    void anAnswerIsNone() {
        var response = response(false, List.of(a(QUESTION.name())), List.of(ns(CUT)), List.of());
        assertThat(Referral.of(response, QUESTION, DnsName.ROOT)).isEmpty();
    }

    @Test
    void whoPointsUpOrToItselfLeadsNowhere() {
        var up = response(false, List.of(), List.of(ns(DnsName.of("com"))), List.of());
        assertThat(Referral.of(up, QUESTION, DnsName.of("example.com"))).isEmpty();
        var itself = response(false, List.of(), List.of(ns(CUT)), List.of());
        assertThat(Referral.of(itself, QUESTION, CUT)).isEmpty();
    }

    @Test
    void whoPointsAsideLeadsNowhere() {
        var aside = response(false, List.of(), List.of(ns(DnsName.of("other.example.com"))), List.of());
        assertThat(Referral.of(aside, QUESTION, DnsName.of("example.com"))).isEmpty();
    }

    @Test
    void anAddressOfAnybodyElseIsNoGlue() {
        var response = response(false, List.of(), List.of(ns(CUT)), List.of(a(DnsName.of("evil.example.org"))));
        assertThat(Referral.of(response, QUESTION, DnsName.ROOT).orElseThrow().glue())
                .isEmpty();
    }

    private static ResourceRecord ns(DnsName zone) {
        return new ResourceRecord(zone, 60, new Rdata.Ns(SERVER));
    }

    private static ResourceRecord a(DnsName name) {
        return new ResourceRecord(name, 60, new Rdata.A(ADDRESS));
    }

    private static DnsMessage response(
            boolean authoritative,
            List<ResourceRecord> answers,
            List<ResourceRecord> authorities,
            List<ResourceRecord> additionals) {
        return new DnsMessage(
                DnsHeader.query(1, false).reply(authoritative, Rcode.NOERROR),
                List.of(QUESTION),
                answers,
                authorities,
                additionals);
    }
}

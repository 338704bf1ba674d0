package wirelab.dnsserver.engine.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.wire.Bytes;

class ZoneTest {
    private static final DnsName ORIGIN = DnsName.of("Example.com");
    private static final ResourceRecord SOA = record("Example.com", new Rdata.Soa(ORIGIN, ORIGIN, 7, 1, 1, 1, 60));

    private static ResourceRecord record(String name, Rdata data) {
        return new ResourceRecord(DnsName.of(name), 300, data);
    }

    private static Rdata txt(String text) {
        return new Rdata.Txt(List.of(Bytes.ascii(text)));
    }

    private static Zone zone(ResourceRecord... others) {
        var records = new ArrayList<>(List.of(others));
        records.add(SOA);
        return Zone.of(ORIGIN, records);
    }

    private static Search search(Zone zone, String name, RecordType type) {
        var search = new Search();
        search.find(zone, NameKey.of(DnsName.of(name)), type.number());
        return search;
    }

    @Test
    void namesLieInCanonicalOrderWithThoseBetweenThem() {
        var zone = zone(
                record("z.example.com", txt("z")),
                record("a.b.c.example.com", txt("deep")),
                record("B.c.example.com", txt("mixed")),
                record("*.example.com", txt("wild")));
        assertThat(Arrays.stream(zone.order()).mapToObj(zone::nameAt))
                .extracting(DnsName::toString)
                .containsExactly(
                        "Example.com",
                        "*.example.com",
                        "c.example.com",
                        "B.c.example.com",
                        "a.b.c.example.com",
                        "z.example.com");
        assertThat(zone.serial()).isEqualTo(7);
        assertThat(zone.signed()).isFalse();
    }

    @Test
    void recordsComeBackAsTheyWere() {
        var records = new ResourceRecord[] {
            record("a.example.com", txt("one")),
            record("a.example.com", new Rdata.Mx(1, DnsName.of("b.example.com"))),
            record("a.example.com", new Rdata.Mx(2, DnsName.of("a.example.com"))),
            record("a.example.com", new Rdata.Unknown(new RecordType(65_280), Bytes.EMPTY)),
        };
        var zone = zone(records);
        assertThat(zone.find(DnsName.of("A.example.com"), new Wanted(RecordType.ANY, false, false)))
                .isEqualTo(new Lookup.Found(List.of(records), List.of()));
    }

    @Test
    void theHighestDelegationCounts() {
        var server = new Rdata.Ns(DnsName.of("ns.example.net"));
        var zone = zone(
                record("sub.example.com", server),
                record("lower.sub.example.com", server),
                record("x.lower.sub.example.com", txt("hidden")));
        for (var name :
                List.of("sub.example.com", "lower.sub.example.com", "x.lower.sub.example.com", "q.sub.example.com")) {
            var search = search(zone, name, RecordType.TXT);
            assertThat(search.kind()).as(name).isEqualTo(Search.Kind.CUT);
            assertThat(zone.nameAt(search.node())).hasToString("sub.example.com");
        }
        assertThat(search(zone, "sub.example.com", RecordType.DS).kind()).isEqualTo(Search.Kind.NODE);
    }

    @Test
    void aSetIsNoLongerThanAMessage() {
        var text = txt("x".repeat(255));
        var many = new ArrayList<>(List.of(SOA));
        for (int i = 0; i < 300; i++) {
            many.add(record(
                    "a.example.com",
                    new Rdata.Txt(List.of(
                            Bytes.ascii("n" + i), ((Rdata.Txt) text).strings().getFirst()))));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Zone.of(ORIGIN, many))
                .withMessage("the TXT records at a.example.com are more than a message of 65535 octets can hold");
    }
}

package wirelab.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.testing.Property;
import wirelab.wire.Bytes;

class DnsNameTest {
    @Test
    void caseIsKeptAndDoesNotCount() {
        var name = DnsName.of("eXample.COM");
        assertThat(name).hasToString("eXample.COM").isEqualTo(DnsName.of("example.com"));
        assertThat(name).hasSameHashCodeAs(DnsName.of("example.com"));
        assertThat(name.equalsWithCase(DnsName.of("example.com"))).isFalse();
    }

    @Test
    void onlyLettersFold() {
        assertThat(DnsName.of("[")).isNotEqualTo(DnsName.of("{"));
        assertThat(DnsName.of("\\192")).isNotEqualTo(DnsName.of("\\224"));
    }

    @Test
    void aDotWithinALabelIsNoBoundary() {
        assertThat(DnsName.of("a\\.b.com").labels()).containsExactly(Bytes.ascii("a.b"), Bytes.ascii("com"));
        assertThat(DnsName.of("a\\.b.com")).hasToString("a\\.b.com").isNotEqualTo(DnsName.of("a.b.com"));
    }

    @Property
    void whatIsPrintedIsReadAgain(RandomGenerator random) {
        var name = DnsName.ofLabels(List.of(octets(random), octets(random), octets(random)));
        assertThat(DnsName.of(name.toString()).equalsWithCase(name)).isTrue();
    }

    private static Bytes octets(RandomGenerator random) {
        return Bytes.of(random.nextInt(256), random.nextInt(256)).plus(RandomMessages.octets(random, 20));
    }

    @Test
    void withinMeansAtOrBelowByWholeLabels() {
        var zone = DnsName.of("example.com");
        assertThat(DnsName.of("example.com").isWithin(zone)).isTrue();
        assertThat(DnsName.of("a.b.EXAMPLE.com").isWithin(zone)).isTrue();
        assertThat(DnsName.of("badexample.com").isWithin(zone)).isFalse();
        assertThat(DnsName.of("com").isWithin(zone)).isFalse();
        assertThat(zone.isWithin(DnsName.ROOT)).isTrue();
    }

    @Test
    void theParentIsWithoutTheFirstLabel() {
        assertThat(DnsName.of("a.b.c").parent()).isEqualTo(DnsName.of("b.c"));
        assertThat(DnsName.of("c").parent()).isEqualTo(DnsName.ROOT);
        assertThat(DnsName.of("b.c").child("a")).isEqualTo(DnsName.of("a.b.c"));
        assertThat(DnsName.of("a").under(DnsName.of("b.c"))).isEqualTo(DnsName.of("a.b.c"));
    }

    @Test
    void aNameKnowsItsSizes() {
        assertThat(DnsName.of("example.com").size()).isEqualTo(13);
        assertThat(DnsName.of("example.com").depth()).isEqualTo(2);
        assertThat(DnsName.ROOT.size()).isEqualTo(1);
        assertThat(DnsName.of(".")).isEqualTo(DnsName.ROOT).hasToString(".");
        assertThat(DnsName.of("*.a").isWildcard()).isTrue();
        assertThat(DnsName.of("**.a").isWildcard()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", ".a", "..", "\\", "\\2", "\\256", "\\1a2", "é.com"})
    void whatIsNoNameIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DnsName.of(text));
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DnsName.of("a".repeat(64)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsName.of(("a".repeat(63) + ".").repeat(3) + "b".repeat(62)));
    }

    @Test
    void typesAndClassesWithoutANameHaveTheirNumber() {
        assertThat(new RecordType(65_280)).hasToString("TYPE65280");
        assertThat(RecordType.named("type65280")).contains(new RecordType(65_280));
        assertThat(RecordType.named("aaaa")).contains(RecordType.AAAA);
        assertThat(RecordType.named("nonsense")).isEmpty();
        assertThat(RecordType.named("TYPE65536")).isEmpty();
        assertThat(RecordClass.named("in")).contains(RecordClass.IN);
        assertThat(RecordClass.named("CLASS32")).contains(new RecordClass(32));
    }

    /// RFC 4034 section 6.1.
    @Test
    void namesAreInCanonicalOrder() {
        var ordered = Stream.of(
                        "example",
                        "a.example",
                        "yljkjljk.a.example",
                        "Z.a.example",
                        "zABC.a.EXAMPLE",
                        "z.example",
                        "\\001.z.example",
                        "*.z.example",
                        "\\200.z.example")
                .map(DnsName::of)
                .toList();
        assertThat(ordered.reversed().stream().sorted()).containsExactlyElementsOf(ordered);
        assertThat(DnsName.of("A.b")).isEqualByComparingTo(DnsName.of("a.B"));
        assertThat(DnsName.ROOT).isLessThan(DnsName.of("com"));
    }

    @Test
    void whatAnotherHasAsOctetsIsTheName() {
        var name = DnsName.of("www.Example.com");
        assertThat(DnsName.ofWire(name.toBytes()).equalsWithCase(name)).isTrue();
        for (var hex : List.of("", "03777777", "037777770000", "c00c", "40")) {
            assertThatIllegalArgumentException().isThrownBy(() -> DnsName.ofWire(Bytes.hex(hex)));
        }
    }
}

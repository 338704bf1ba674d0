package wirelab.httpserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.testing.Property;

class EntityTagTest {
    private static final EntityTag STRONG = new EntityTag(false, "\"1\"");
    private static final EntityTag WEAK = new EntityTag(true, "\"1\"");
    private static final EntityTag OTHER = new EntityTag(true, "\"2\"");

    /// The table of RFC 9110 section 8.8.3.2.
    @Test
    void compareAsInTheTableOfTheRfc() {
        assertThat(WEAK.matchesStrongly(WEAK)).isFalse();
        assertThat(WEAK.matchesWeakly(WEAK)).isTrue();
        assertThat(WEAK.matchesStrongly(OTHER)).isFalse();
        assertThat(WEAK.matchesWeakly(OTHER)).isFalse();
        assertThat(WEAK.matchesStrongly(STRONG)).isFalse();
        assertThat(WEAK.matchesWeakly(STRONG)).isTrue();
        assertThat(STRONG.matchesStrongly(STRONG)).isTrue();
        assertThat(STRONG.matchesWeakly(STRONG)).isTrue();
    }

    @Test
    void changesWithSizeAndNanosecond() {
        var time = Instant.parse("2026-11-24T12:00:00Z");
        assertThat(EntityTag.of(10, time)).isEqualTo(EntityTag.of(10, time));
        assertThat(EntityTag.of(10, time)).isNotEqualTo(EntityTag.of(11, time));
        assertThat(EntityTag.of(10, time)).isNotEqualTo(EntityTag.of(10, time.plusNanos(1)));
        assertThat(EntityTag.ofContent(new byte[] {1})).isNotEqualTo(EntityTag.ofContent(new byte[] {2}));
    }

    @Test
    void aListMayHoldCommasInItsTags() {
        assertThat(EntityTag.list("\"a, b\", W/\"c\",,\"\""))
                .extracting(EntityTag::toString)
                .containsExactly("\"a, b\"", "W/\"c\"", "\"\"");
        assertThat(EntityTag.list("")).isEmpty();
        assertThat(EntityTag.list("W/")).isEmpty();
        assertThat(EntityTag.list("\"open")).isEmpty();
        assertThat(EntityTag.list("W/\"")).isEmpty();
    }

    @Property
    void ofChanceAreNeverAFault(RandomGenerator random) {
        var octets = new byte[random.nextInt(40)];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) "W/\", a".charAt(random.nextInt(6));
        }
        var text = new String(octets, StandardCharsets.US_ASCII);
        assertThat(EntityTag.list(text)).allSatisfy(tag -> assertThat(text).contains(tag.toString()));
    }
}

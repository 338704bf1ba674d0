package wirelab.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.testing.Property;

/// RFC 3986 section 2.
class PercentEncodingTest {
    @Test
    void aNameBecomesOneSegment() {
        assertThat(PercentEncoding.encodeSegment("read me/100%;ä?#~.txt"))
                .isEqualTo("read%20me%2F100%25%3B%C3%A4%3F%23~.txt");
    }

    @Property
    void whatIsEncodedIsReadAgain(RandomGenerator random) {
        var name = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x10ffff);
            name.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 'x' : c);
        }
        assertThat(PercentEncoding.decode(PercentEncoding.encodeSegment(name.toString())))
                .contains(name.toString());
    }

    @Test
    void bothCasesOfADigitAreRead() {
        assertThat(PercentEncoding.decode("%2f%2F+ä\uD83D\uDE00")).contains("//+ä\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%2", "%2x", "%x2", "%%20", "a%", "%ff", "%c3%28", "%c0%af"})
    void isNone(String text) {
        assertThat(PercentEncoding.decode(text)).isEmpty();
    }
}

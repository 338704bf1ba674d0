package wirelab.httpserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.http.HttpHeaders;
import wirelab.testing.Property;

class ByteRangeTest {
    private static ByteRange of(String value, long size) {
        return ByteRange.of(HttpHeaders.of("Range", value), size);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-499, 0, 500",
        "bytes=500-999, 500, 500",
        "bytes=-500, 9500, 500",
        "bytes=9500-, 9500, 500",
        "bytes=0-0, 0, 1",
        "bytes=-1, 9999, 1",
        "bytes=-20000, 0, 10000",
        "bytes=9999-20000, 9999, 1",
        "BYTES=0-1, 0, 2",
        "'bytes=,0-1 ,', 0, 2",
        "bytes=0-99999999999999999999999, 0, 10000",
        "bytes=00000000000000000000001-00000000000000000000002, 1, 2",
        "bytes=-00000000000000000000002, 9998, 2"
    })
    void theExamplesOfTheRfcAndTheirEdges(String value, long from, long count) {
        assertThat(of(value, 10_000)).isEqualTo(new ByteRange.Part(from, count));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10000-", "bytes=10000-10001", "bytes=-0", "bytes=99999999999999999999999-"})
    void whatBeginsAfterTheEndIsUnsatisfiable(String value) {
        assertThat(of(value, 10_000)).isEqualTo(new ByteRange.Unsatisfiable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=1",
                "bytes=2-1",
                "bytes=0-1,a-b",
                "bytes=0-,0-",
                "bytes=0-1,3-2",
                "bytes=a-b",
                "bytes=0x1-2",
                "bytes=+1-2",
                "bytes=1-2-3",
                "bytes=1 - 2",
                "bytes =1-2",
                "items=0-1"
            })
    void whatIsNotOneRangeIsIgnored(String value) {
        assertThat(of(value, 10_000)).isEqualTo(new ByteRange.Ignored());
    }

    @Test
    void severalPartsKeepTheirOrder() {
        assertThat(of("bytes=-1, 0-0,,5-9", 10))
                .isEqualTo(new ByteRange.Parts(
                        List.of(new ByteRange.Part(9, 1), new ByteRange.Part(0, 1), new ByteRange.Part(5, 5))));
    }

    @Test
    void ofSeveralPartsThoseCountThatAreThere() {
        assertThat(of("bytes=0-0,10-", 10)).isEqualTo(new ByteRange.Part(0, 1));
        assertThat(of("bytes=10-,20-30", 10)).isEqualTo(new ByteRange.Unsatisfiable());
    }

    @Test
    void morePartsThanAnybodyNeedsAreIgnored() {
        assertThat(of("bytes=" + "0-0,".repeat(32), 100)).isInstanceOf(ByteRange.Parts.class);
        assertThat(of("bytes=" + "0-0,".repeat(33), 100)).isEqualTo(new ByteRange.Ignored());
    }

    @Test
    void twoFieldsAreIgnored() {
        assertThat(ByteRange.of(HttpHeaders.of("Range", "bytes=0-1", "Range", "bytes=0-1"), 10))
                .isEqualTo(new ByteRange.Ignored());
    }

    @Test
    void anEmptyFileHasNoPart() {
        assertThat(of("bytes=0-", 0)).isEqualTo(new ByteRange.Unsatisfiable());
        assertThat(of("bytes=-5", 0)).isEqualTo(new ByteRange.Ignored());
    }

    /// Against the definition of section 14.1.2, in numbers that cannot overflow.
    @Property(tries = 500)
    void aPartIsWhatTheRfcDefines(RandomGenerator random) {
        long size = random.nextInt(3) == 0 ? random.nextLong(1, Long.MAX_VALUE) : random.nextLong(1, 50);
        var first = digits(random, size);
        var last = digits(random, size);
        var end = BigInteger.valueOf(size);
        var from = new BigInteger(first);
        var to = new BigInteger(last).min(end.subtract(BigInteger.ONE));
        var found = of("bytes=" + first + "-" + last, size);
        if (from.compareTo(new BigInteger(last)) > 0) {
            assertThat(found).isIn(new ByteRange.Ignored(), new ByteRange.Unsatisfiable());
        } else if (from.compareTo(end) >= 0) {
            assertThat(found).isEqualTo(new ByteRange.Unsatisfiable());
        } else {
            long count = to.subtract(from).longValueExact() + 1;
            assertThat(found).isEqualTo(new ByteRange.Part(from.longValueExact(), count));
        }
    }

    private static String digits(RandomGenerator random, long size) {
        var zeros = "0".repeat(random.nextInt(25));
        return zeros
                + switch (random.nextInt(3)) {
                    case 0 -> Long.toString(random.nextLong(size));
                    case 1 -> Long.toString(random.nextLong(Long.MAX_VALUE));
                    default -> "9".repeat(1 + random.nextInt(30));
                };
    }
}

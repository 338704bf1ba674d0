package wirelab.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.testing.Property;

class WireTest {
    @Property
    void whatIsWrittenIsRead(RandomGenerator random) throws MalformedException {
        int octet = random.nextInt(256);
        int word = random.nextInt(65_536);
        long number = random.nextLong(1L << 32);
        long all = random.nextLong();
        var octets = new byte[random.nextInt(600)];
        random.nextBytes(octets);
        var written = new WireWriter(16)
                .u8(octet)
                .u16(word)
                .u32(number)
                .i64(all)
                .bytes(octets)
                .toBytes();
        var reader = WireReader.of(written);
        assertThat(reader.u8()).isEqualTo(octet);
        assertThat(reader.u16()).isEqualTo(word);
        assertThat(reader.u32()).isEqualTo(number);
        assertThat(reader.i64()).isEqualTo(all);
        assertThat(reader.bytes(octets.length)).isEqualTo(Bytes.copyOf(octets));
        reader.expectEnd();
    }

    @Test
    void readingPastTheEndNamesTheOffset() throws MalformedException {
        var reader = WireReader.of(Bytes.of(1, 2, 3));
        reader.skip(2);
        assertThatThrownBy(reader::u16)
                .isInstanceOf(MalformedException.class)
                .hasMessage("at octet 2: expected a 16-bit number, found 1 octets");
    }

    @Test
    void aLengthWrittenAfterwardsIsPatchedIn() {
        var writer = new WireWriter().u16(0).latin1("abc");
        writer.patchU16(0, 3);
        assertThat(writer.toBytes()).isEqualTo(Bytes.of(0, 3, 'a', 'b', 'c'));
    }

    @Test
    void bytesAreEqualByValue() {
        assertThat(Bytes.of(1, 255)).isEqualTo(Bytes.hex("01ff")).hasSameHashCodeAs(Bytes.hex("01ff"));
        assertThat(Bytes.of(1, 2, 3).slice(1, 3)).isEqualTo(Bytes.of(2, 3));
    }
}

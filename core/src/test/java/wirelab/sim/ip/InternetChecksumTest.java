package wirelab.sim.ip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.testing.Property;
import wirelab.wire.Bytes;

class InternetChecksumTest {
    @Test
    void theExampleOfRfc1071ComesOut() {
        // Section 3: the sum is ddf2.
        assertThat(InternetChecksum.of(Bytes.hex("0001f203f4f5f6f7").toBuffer()))
                .isEqualTo(0xffff - 0xddf2);
    }

    @Test
    void theExampleOfRfc1624ComesOut() {
        // Section 4: the naive way gives ffff here.
        assertThat(InternetChecksum.updated(0xdd2f, 0x5555, 0x3285)).isZero();
    }

    @Test
    void anOddOctetCountsAsIfAZeroFollowed() {
        assertThat(InternetChecksum.of(Bytes.hex("abcdef").toBuffer()))
                .isEqualTo(InternetChecksum.of(Bytes.hex("abcdef00").toBuffer()));
    }

    @Test
    void octetsWithTheirChecksumAddUpToNothing() {
        var header = Bytes.hex("450000281234400040069c74c6120001c6120002");
        assertThat(InternetChecksum.of(header.toBuffer())).isZero();
    }

    @Property
    void anUpdatedChecksumIsTheOneComputedAnew(RandomGenerator random) {
        var octets = new byte[20 + 2 * random.nextInt(20)];
        random.nextBytes(octets);
        // A header begins with its version: all zeros, whose checksum has two forms, do not occur.
        octets[0] = 0x45;
        var packet = ByteBuffer.wrap(octets);
        int before = InternetChecksum.of(packet);
        int at = 4 * (1 + random.nextInt(octets.length / 4 - 1));
        int old = packet.getInt(at);
        int fresh = random.nextInt();
        packet.putInt(at, fresh);
        assertThat(InternetChecksum.updated(before, old, fresh)).isEqualTo(InternetChecksum.of(packet));
    }
}

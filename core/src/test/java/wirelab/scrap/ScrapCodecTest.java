package wirelab.scrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.scrap.ScrapFailure.Kind;
import wirelab.testing.GoldenPacket;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

class ScrapCodecTest {
    private static final FileList LAB =
            FileList.of("50MB.zip", "100MB.zip", "500MB.zip", "image-site.png", "task2.pdf");

    @Test
    void theRequestIsSevenOctets() {
        assertThat(ScrapRequest.WIRE.toLatin1()).isEqualTo("SIGNGET").hasSize(7);
    }

    @Test
    void theGoldenListReadsAndWrites() throws MalformedException {
        var packet = GoldenPacket.read("/packets/scrap-list.hex");
        assertThat(packet.size()).isEqualTo(54);
        assertThat(ScrapCodec.decode(packet)).isEqualTo(LAB);
        assertThat(ScrapCodec.encode(LAB)).isEqualTo(packet);
    }

    @Test
    void anEmptyListIsNoOctets() throws MalformedException {
        assertThat(ScrapCodec.encode(FileList.of())).isEqualTo(Bytes.EMPTY);
        assertThat(ScrapCodec.decode(Bytes.EMPTY)).isEqualTo(FileList.of());
    }

    @Test
    void separatorsAndControlsAreEscaped() throws MalformedException {
        var list = FileList.of("#1/2;a", "100%.zip", "a\nb\u007f", "été.pdf");
        var wire = Bytes.utf8("%231/2%3Ba;100%25.zip;a%0Ab%7F;été.pdf;");
        assertThat(ScrapCodec.encode(list)).isEqualTo(wire);
        assertThat(ScrapCodec.decode(wire)).isEqualTo(list);
    }

    @Test
    void escapesOfAnyOctetAreRead() throws MalformedException {
        assertThat(ScrapCodec.decode(Bytes.ascii("%61%c3%A9;"))).isEqualTo(FileList.of("aé"));
    }

    @Test
    void aFailureReadsAndWrites() throws MalformedException {
        var failure = new ScrapFailure(Kind.UNAVAILABLE, "127.0.0.5:49153/tcp: connection refused");
        var wire = Bytes.ascii("#unavailable 127.0.0.5:49153/tcp: connection refused");
        assertThat(ScrapCodec.encode(failure)).isEqualTo(wire);
        assertThat(ScrapCodec.decode(wire)).isEqualTo(failure);
    }

    @Test
    void anyTextIsMadeToFitAFailure() {
        assertThat(ScrapFailure.of(Kind.PROTOCOL, "é\n").text()).isEqualTo("??");
        assertThat(ScrapFailure.of(Kind.PROTOCOL, "").text()).isEqualTo("protocol");
        assertThat(ScrapFailure.of(Kind.PROTOCOL, "x".repeat(500)).text()).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.zip",
                ";",
                "a;;",
                "a;b",
                "a%;",
                "a%4;",
                "a%4g;",
                "a%FF;",
                "a\n;",
                "a#b;",
                "#",
                "#odd x",
                "#protocol",
                "#protocol  "
            })
    void whatTheGrammarDoesNotAllowIsRefused(String text) {
        assertThatThrownBy(() -> ScrapCodec.decode(Bytes.ascii(text))).isInstanceOf(MalformedException.class);
    }

    @Property
    void whatIsWrittenIsRead(RandomGenerator random) throws MalformedException {
        var names = new ArrayList<String>();
        for (int i = random.nextInt(20); i > 0; i--) {
            var name = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                int any = random.nextInt(random.nextBoolean() ? 0x80 : 0x10ffff);
                name.appendCodePoint(any >= 0xd800 && any < 0xe000 ? 'x' : any);
            }
            names.add(name.toString());
        }
        var list = new FileList(names);
        var wire = ScrapCodec.encode(list);
        assertThat(wire.toLatin1()).doesNotStartWith("#");
        assertThat(ScrapCodec.decode(wire)).isEqualTo(list);
    }

    @Property(tries = 1000)
    void anythingIsReadOrRefused(RandomGenerator random) {
        var octets = new byte[random.nextInt(20)];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (random.nextBoolean() ? random.nextInt() : ";%#aF0 ".charAt(random.nextInt(7)));
        }
        try {
            var reply = ScrapCodec.decode(Bytes.copyOf(octets));
            assertThat(ScrapCodec.decode(ScrapCodec.encode(reply))).isEqualTo(reply);
        } catch (MalformedException e) {
            assertThat(e.offset()).isBetween(0, octets.length);
        }
    }
}

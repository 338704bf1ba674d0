package wirelab.scrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.scrap.FileDetails.Entry;
import wirelab.scrap.FileDetails.Size;
import wirelab.scrap.ScrapFailure.Kind;
import wirelab.testing.GoldenPacket;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

class ScrapCodecTest {
    private static final FileList LAB =
            FileList.of("50MB.zip", "100MB.zip", "500MB.zip", "image-site.png", "task2.pdf");

    @Test
    void theRequestsAreSevenOctetsEach() {
        assertThat(ScrapRequest.NAMES.wire()).isEqualTo(Bytes.ascii("SIGNGET"));
        assertThat(ScrapRequest.values()).allMatch(request -> request.wire().size() == ScrapRequest.OCTETS);
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
    void detailsReadAndWrite() throws MalformedException {
        var details = new FileDetails(List.of(
                new Entry(
                        "50MB.zip",
                        Optional.of(new Size(52_428_800, false)),
                        Optional.of(Instant.parse("2026-11-24T12:00:00Z"))),
                new Entry("a/b;c", Optional.of(new Size(1_500, true)), Optional.empty()),
                Entry.of("plain")));
        var wire = Bytes.ascii("#files;50MB.zip/52428800/2026-11-24T12:00:00Z;a%2Fb%3Bc/~1500/;plain//;");
        assertThat(ScrapCodec.encode(details)).isEqualTo(wire);
        assertThat(ScrapCodec.decode(wire)).isEqualTo(details);
        assertThat(details.names()).isEqualTo(FileList.of("50MB.zip", "a/b;c", "plain"));
        assertThat(ScrapCodec.decode(Bytes.ascii("#files;"))).isEqualTo(new FileDetails(List.of()));
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
                "#protocol  ",
                "#files",
                "#files;a",
                "#files;a;",
                "#files;a/;",
                "#files;//;",
                "#files;a/1/;b",
                "#files;a/01/;",
                "#files;a/-1/;",
                "#files;a/~/;",
                "#files;a/9999999999999999999/;",
                "#files;a//today;",
                "#files;a//2026-11-24T12:00:00.5Z;",
                "#files;a//2026-11-24T12:00:00Z/;",
                "#files;a//;b/1;c/2/;"
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
            octets[i] = (byte) (random.nextBoolean() ? random.nextInt() : ";%#aF0 /~".charAt(random.nextInt(9)));
        }
        if (random.nextBoolean()) {
            System.arraycopy("#files;".getBytes(StandardCharsets.US_ASCII), 0, octets, 0, Math.min(7, octets.length));
        }
        try {
            var reply = ScrapCodec.decode(Bytes.copyOf(octets));
            assertThat(ScrapCodec.decode(ScrapCodec.encode(reply))).isEqualTo(reply);
        } catch (MalformedException e) {
            assertThat(e.offset()).isBetween(0, octets.length);
        }
    }
}

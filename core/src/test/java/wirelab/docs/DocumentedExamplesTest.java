package wirelab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wirelab.rudp.RudpCodec;
import wirelab.rudp.RudpMessage;
import wirelab.rudp.transport.PacketCodec;
import wirelab.scrap.ScrapCodec;
import wirelab.scrap.ScrapRequest;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// What the documents show is what the codecs read and write.
class DocumentedExamplesTest {
    private static final Pattern LINE = Pattern.compile("([<>]) (.*) \\| (\\d+)");

    record Example(boolean ofClient, Bytes octets, int size) {}

    static Stream<Example> rudp() throws IOException {
        return examples("rudp.md", "```rudp");
    }

    static Stream<Example> scrap() throws IOException {
        return examples("scrap.md", "```scrap");
    }

    @ParameterizedTest
    @MethodSource("rudp")
    void eachMessageOfRudpIsReadAndWrittenAsItStands(Example example) throws MalformedException {
        var message = RudpCodec.decode(example.octets());
        assertThat(message).isNotInstanceOf(RudpMessage.Unknown.class);
        assertThat(RudpCodec.encode(message)).isEqualTo(example.octets());
        assertThat(example.octets().size()).isEqualTo(example.size());
    }

    @ParameterizedTest
    @MethodSource("scrap")
    void eachMessageOfScrapIsReadAndWrittenAsItStands(Example example) throws MalformedException {
        assertThat(example.octets().size()).isEqualTo(example.size());
        if (example.ofClient()) {
            assertThat(ScrapRequest.values()).extracting(ScrapRequest::wire).contains(example.octets());
        } else {
            assertThat(ScrapCodec.encode(ScrapCodec.decode(example.octets()))).isEqualTo(example.octets());
        }
    }

    /// A packet and what the document says that it is.
    record PacketExample(String title, Bytes octets) {}

    static Stream<PacketExample> packets() throws IOException {
        var examples = new ArrayList<PacketExample>();
        var lines = Files.readAllLines(ProgramUnderTest.root().resolve("docs/rudp.md"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("```rudp-packet")) {
                var title = lines.get(i + 1);
                var octets = Bytes.EMPTY;
                for (i += 2; !lines.get(i).equals("```"); i++) {
                    octets = octets.plus(octets(lines.get(i).split("\\|", 2)[0].strip()));
                }
                examples.add(new PacketExample(title, octets));
            }
        }
        assertThat(examples).hasSizeGreaterThan(3);
        return examples.stream();
    }

    private static Bytes octets(String text) {
        return text.startsWith("00 * ")
                ? Bytes.copyOf(new byte[Integer.parseInt(text.substring(5))])
                : Bytes.hex(text.replace(" ", ""));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void eachPacketOfRudpIsReadAndWrittenAsItStands(PacketExample example) throws MalformedException {
        var packet = PacketCodec.decode(example.octets());
        assertThat(PacketCodec.encode(packet)).isEqualTo(example.octets());
        var frames = packet.frames().stream()
                .map(frame -> " " + frame.getClass().getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1"))
                .collect(Collectors.joining())
                .toUpperCase(Locale.ROOT);
        assertThat(packet.type() + " " + packet.number() + ":" + frames).isEqualTo(example.title());
    }

    private static Stream<Example> examples(String document, String fence) throws IOException {
        var path = ProgramUnderTest.root().resolve("docs").resolve(document);
        var examples = new ArrayList<Example>();
        boolean inside = false;
        for (var line : Files.readAllLines(path)) {
            if (line.startsWith("```")) {
                inside = line.equals(fence);
            } else if (inside) {
                examples.add(example(line));
            }
        }
        assertThat(examples).as("examples in " + path).hasSizeGreaterThan(3);
        return List.copyOf(examples).stream();
    }

    private static Example example(String line) {
        var match = LINE.matcher(line);
        assertThat(match.matches()).as("the form of: " + line).isTrue();
        var octets = Bytes.ascii(match.group(2).replace("\\n", "\n"));
        return new Example(match.group(1).equals(">"), octets, Integer.parseInt(match.group(3)));
    }
}

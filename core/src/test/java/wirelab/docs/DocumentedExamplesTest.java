package wirelab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wirelab.rudp.RudpCodec;
import wirelab.rudp.RudpMessage;
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
            assertThat(example.octets()).isEqualTo(ScrapRequest.WIRE);
        } else {
            assertThat(ScrapCodec.encode(ScrapCodec.decode(example.octets()))).isEqualTo(example.octets());
        }
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

package wirelab.client.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.testing.Property;

class JsonTest {
    @Test
    void keepsMembersInTheirOrder() {
        var json = Json.object()
                .with("step", "dhcp")
                .with("packets", 4)
                .with("milliseconds", Json.millis(Duration.ofNanos(3_214_499)))
                .with("files", Json.strings(List.of("a", "b")))
                .with("none", Json.array(List.of()))
                .with("taken", Json.of(true))
                .with("router", Json.optional(Optional.empty()));
        assertThat(json.pretty()).isEqualTo("""
                {
                  "step": "dhcp",
                  "packets": 4,
                  "milliseconds": 3.214,
                  "files": [
                    "a",
                    "b"
                  ],
                  "none": [],
                  "taken": true,
                  "router": null
                }""");
    }

    @Test
    void isOneLineWhereItIsEmpty() {
        assertThat(Json.object().pretty()).isEqualTo("{}");
    }

    @Test
    void replacesHalfACharacter() {
        assertThat(Json.of("a\ud800b").pretty()).isEqualTo("\"a\\ufffdb\"");
    }

    /// Another reader of JSON gets back what was written, and the octets are ASCII that no terminal obeys.
    @Property(tries = 500)
    void anyTextSurvives(RandomGenerator random) throws IOException {
        var text = new StringBuilder();
        int length = random.nextInt(20);
        for (int i = 0; i < length; i++) {
            int c = random.nextBoolean() ? random.nextInt(0x100) : random.nextInt(Character.MAX_CODE_POINT + 1);
            text.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 'x' : c);
        }
        var written = Json.object().with(text.toString(), text.toString()).pretty();
        assertThat(written.chars()).allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f));
        try (var parser = new JsonFactory().createParser(written)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            assertThat(parser.nextFieldName()).isEqualTo(text.toString());
            assertThat(parser.nextTextValue()).isEqualTo(text.toString());
            assertThat(parser.nextToken()).isEqualTo(JsonToken.END_OBJECT);
        }
    }
}

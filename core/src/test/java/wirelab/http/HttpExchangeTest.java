package wirelab.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.http.HttpExchange.Step;
import wirelab.testing.Property;

class HttpExchangeTest {
    private static final HttpRequest REQUEST = HttpRequest.get("127.0.0.1", "/a");

    @Test
    void aResponseWithALengthIsHeadBodyComplete() {
        var exchange = exchange();
        assertThat(steps(exchange, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"))
                .containsExactly("head 200", "body hello", "complete reusable");
        assertThat(exchange.received()).isEqualTo(5);
        assertThat(exchange.expected()).hasValue(5);
    }

    @Test
    void anEmptyBodyIsCompleteAtOnce() {
        assertThat(steps(exchange(), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
                .containsExactly("head 200", "complete reusable");
    }

    @Test
    void theAnswerToHeadHasNoBody() {
        var head = new HttpRequest("HEAD", "/a", HttpVersion.HTTP_1_1, HttpHeaders.NONE);
        assertThat(steps(new HttpExchange(head, HttpLimits.STANDARD), "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"))
                .containsExactly("head 200", "complete reusable");
    }

    @Test
    void interimResponsesArePassedOver() {
        assertThat(steps(
                        exchange(),
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                                + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"))
                .containsExactly("head 200", "body a", "complete reusable");
    }

    @Test
    void interimResponsesWithoutEndAreRefused() {
        assertThat(steps(exchange(), "HTTP/1.1 100 Continue\r\n\r\n".repeat(17)))
                .containsExactly("malformed");
        assertThat(steps(exchange(), "HTTP/1.1 101 Switching\r\n\r\n")).containsExactly("malformed");
    }

    @Test
    void aBodyWithoutLengthEndsWithTheConnection() {
        var exchange = exchange();
        assertThat(steps(exchange, "HTTP/1.0 200 OK\r\n\r\nab")).containsExactly("head 200", "body ab", "more");
        assertThat(exchange.closed()).isEqualTo(new Step.Complete(false));
    }

    @Test
    void aConnectionThatEndsInTheBodyIsTruncated() {
        var exchange = exchange();
        assertThat(steps(exchange, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"))
                .containsExactly("head 200", "body hel", "more");
        assertThat(exchange.closed()).isEqualTo(new Step.Truncated(3, OptionalLong.of(5)));
    }

    @Test
    void aConnectionThatEndsInTheChunksIsTruncated() {
        var exchange = exchange();
        assertThat(steps(exchange, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n"))
                .containsExactly("head 200", "body hel", "more");
        assertThat(exchange.closed()).isEqualTo(new Step.Truncated(3, OptionalLong.empty()));
    }

    @Test
    void aConnectionThatEndsBeforeTheHeadIsTruncated() {
        var exchange = exchange();
        assertThat(steps(exchange, "HTTP/1.1 200 OK\r\n")).containsExactly("more");
        assertThat(exchange.closed()).isEqualTo(new Step.Truncated(0, OptionalLong.empty()));
    }

    @Test
    void octetsAfterTheResponseSpoilTheConnection() {
        assertThat(steps(exchange(), "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab"))
                .containsExactly("head 200", "body a", "complete");
    }

    @Test
    void aServerThatClosesIsNotAskedAgain() {
        assertThat(steps(exchange(), "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\na"))
                .containsExactly("head 200", "body a", "complete");
    }

    @Test
    void nonsenseIsMalformed() {
        assertThat(steps(exchange(), "<html>hello</html>\r\n")).containsExactly("malformed");
        assertThat(steps(exchange(), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n"))
                .containsExactly("head 200", "malformed");
        assertThat(steps(exchange(), "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"))
                .containsExactly("malformed");
    }

    @Property(tries = 300)
    void randomOctetsAreNeverAFault(RandomGenerator random) {
        var wire = new StringBuilder(
                random.nextBoolean()
                        ? ""
                        : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        for (int i = random.nextInt(40); i > 0; i--) {
            wire.insert(random.nextInt(wire.length() + 1), (char) random.nextInt(256));
        }
        assertThat(steps(exchange(), wire.toString())).isNotEmpty();
    }

    private static HttpExchange exchange() {
        return new HttpExchange(REQUEST, HttpLimits.STANDARD);
    }

    /// What happened, in short, up to the step that ends it.
    private static List<String> steps(HttpExchange exchange, String wire) {
        var in = ByteBuffer.wrap(wire.getBytes(StandardCharsets.ISO_8859_1));
        var steps = new ArrayList<String>();
        while (true) {
            switch (exchange.handle(in)) {
                case Step.Head(var response) -> steps.add("head " + response.status());
                case Step.Body(var octets) -> steps.add("body " + StandardCharsets.ISO_8859_1.decode(octets));
                case Step.NeedMore() -> {
                    steps.add("more");
                    return steps;
                }
                case Step.Complete(boolean reusable) -> {
                    steps.add(reusable ? "complete reusable" : "complete");
                    return steps;
                }
                case Step.Truncated _ -> throw new AssertionError("truncated, and nobody closed");
                case Step.Malformed _ -> {
                    steps.add("malformed");
                    return steps;
                }
            }
        }
    }
}

package wirelab.http;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import wirelab.wire.Bytes;

/// A client's side of one request and its response, without the socket. Confined to one thread.
///
/// Send [#request], then read, and hand what was read to [#handle] until it wants more:
///
/// ```java
/// for (;;) {
///     switch (exchange.handle(in)) {
///         case NeedMore _ -> read more into `in`, or return exchange.closed() if there is no more
///         case Head(var response) -> look at it
///         case Body(var octets) -> file.write(octets)
///         case Complete _, Truncated _, Malformed _ -> the end
///     }
/// }
/// ```
public final class HttpExchange {
    /// What has happened.
    public sealed interface Step {
        /// All octets are taken, and the response goes on.
        record NeedMore() implements Step {}

        /// The head of the final response; interim ones (1xx) are passed over.
        record Head(HttpResponse response) implements Step {}

        /// A piece of the body: a view of the buffer that was handed in, good until that changes.
        record Body(ByteBuffer octets) implements Step {}

        /// The response is whole.
        ///
        /// @param reusable whether the connection may carry another exchange
        record Complete(boolean reusable) implements Step {}

        /// The connection ended before the response did.
        ///
        /// @param received octets of the body
        /// @param expected octets of the body, where the response told
        record Truncated(long received, OptionalLong expected) implements Step {}

        /// The server sent what is not HTTP; the connection is of no use.
        record Malformed(String why) implements Step {}
    }

    /// More interim responses than anybody sends.
    private static final int MOST_INTERIM = 16;

    private final HttpRequest request;
    private final HttpLimits limits;
    private final ResponseParser parser;
    private BodyDecoder body = new BodyDecoder(new BodyFraming.None(), HttpLimits.STANDARD);
    private boolean headRead;
    private boolean reusable;
    private int interim;
    private long received;
    private OptionalLong expected = OptionalLong.empty();

    public HttpExchange(HttpRequest request, HttpLimits limits) {
        this.request = request;
        this.limits = limits;
        this.parser = new ResponseParser(limits);
    }

    /// What to send.
    public Bytes request() {
        return request.encode();
    }

    /// Octets came. Call again, with what is left in `in`, until the step is NeedMore or a last one.
    public Step handle(ByteBuffer in) {
        try {
            return headRead ? readBody(in) : readHead(in);
        } catch (MalformedHttpException e) {
            return new Step.Malformed(e.why());
        }
    }

    /// The server closed the connection, and all that came before is handled.
    public Step closed() {
        return headRead && body.isCompleteAtClose() ? new Step.Complete(false) : new Step.Truncated(received, expected);
    }

    /// Octets of the body so far.
    public long received() {
        return received;
    }

    /// The length of the body, once the head is there and if it tells.
    public OptionalLong expected() {
        return expected;
    }

    private Step readHead(ByteBuffer in) throws MalformedHttpException {
        while (true) {
            var head = parser.parse(in);
            if (head.isEmpty()) {
                return new Step.NeedMore();
            }
            var response = head.get();
            if (!response.isInterim()) {
                begin(response);
                return new Step.Head(response);
            }
            // RFC 9110 section 15.2: unexpected ones may be ignored. A switch of protocols was not asked for.
            if (response.status() == 101 || ++interim > MOST_INTERIM) {
                throw MalformedHttpException.badRequest("interim responses that nobody asked for");
            }
        }
    }

    private void begin(HttpResponse response) throws MalformedHttpException {
        var framing = BodyFraming.of(response, request.method());
        expected = switch (framing) {
            case BodyFraming.None() -> OptionalLong.of(0);
            case BodyFraming.Length(long octets) -> OptionalLong.of(octets);
            case BodyFraming.Chunked(), BodyFraming.UntilClose() -> OptionalLong.empty();
        };
        body = new BodyDecoder(framing, limits);
        reusable = request.keepsAlive() && response.keepsAlive() && !(framing instanceof BodyFraming.UntilClose);
        headRead = true;
    }

    private Step readBody(ByteBuffer in) throws MalformedHttpException {
        while (!body.isComplete()) {
            if (!in.hasRemaining()) {
                return new Step.NeedMore();
            }
            var octets = body.decode(in);
            if (octets.hasRemaining()) {
                received += octets.remaining();
                return new Step.Body(octets);
            }
        }
        // Octets after the response belong to nothing that was asked for: RFC 9112 section 9.2.
        return new Step.Complete(reusable && !in.hasRemaining());
    }
}

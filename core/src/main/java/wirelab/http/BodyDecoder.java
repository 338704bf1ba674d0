package wirelab.http;

import java.nio.ByteBuffer;

/// Takes the body out of the octets that follow a head. Confined to one thread.
///
/// ```
/// chunked-body = *( chunk-size [ chunk-ext ] CRLF chunk-data CRLF ) 1*"0" [ chunk-ext ] CRLF trailer-section CRLF
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-7.1 RFC 9112 section 7.1
public final class BodyDecoder {
    private enum State {
        DATA,
        CHUNK_SIZE,
        CHUNK_END,
        TRAILERS,
        UNTIL_CLOSE,
        COMPLETE
    }

    /// Sixteen digits would not fit a `long`; nobody sends that many.
    private static final int LONGEST_SIZE = 15;

    /// A size line with its extensions, which we read and ignore (section 7.1.1 asks for a limit).
    private static final int LONGEST_SIZE_LINE = 256;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final boolean chunked;
    private final LineReader line = new LineReader();
    private final FieldReader trailers;
    private State state;
    private long left;

    /// Starts right after the head.
    ///
    /// @param limits bound the trailers
    public BodyDecoder(BodyFraming framing, HttpLimits limits) {
        trailers = new FieldReader(limits, false);
        chunked = framing instanceof BodyFraming.Chunked;
        state = switch (framing) {
            case BodyFraming.None() -> State.COMPLETE;
            case BodyFraming.Length(long octets) -> octets == 0 ? State.COMPLETE : State.DATA;
            case BodyFraming.Chunked() -> State.CHUNK_SIZE;
            case BodyFraming.UntilClose() -> State.UNTIL_CLOSE;
        };
        left = framing instanceof BodyFraming.Length(long octets) ? octets : 0;
    }

    /// Takes octets off `in`, and returns those at their end that are body: a view of `in`, good until `in` changes.
    ///
    /// Call it until `in` is empty or the body [#isComplete]; what follows the body is left in `in`. A view without
    /// octets means that there was only framing.
    public ByteBuffer decode(ByteBuffer in) throws MalformedHttpException {
        while (in.hasRemaining()) {
            switch (state) {
                case DATA -> {
                    return data(in);
                }
                case UNTIL_CLOSE -> {
                    return take(in, in.remaining());
                }
                case CHUNK_SIZE -> {
                    if (line.next(in, LONGEST_SIZE_LINE, () -> tooLong("chunk size line"))) {
                        left = chunkSize();
                        line.reset();
                        state = left == 0 ? State.TRAILERS : State.DATA;
                    }
                }
                case CHUNK_END -> {
                    if (line.next(in, 0, () -> tooLong("chunk"))) {
                        state = State.CHUNK_SIZE;
                    }
                }
                case TRAILERS -> {
                    if (line.next(in, trailers.room(), FieldReader::tooLarge)) {
                        trailer();
                    }
                }
                case COMPLETE -> {
                    return NOTHING;
                }
            }
        }
        return NOTHING;
    }

    public boolean isComplete() {
        return state == State.COMPLETE;
    }

    /// The peer has closed: whether the body is whole all the same.
    public boolean isCompleteAtClose() {
        return state == State.COMPLETE || state == State.UNTIL_CLOSE;
    }

    private ByteBuffer data(ByteBuffer in) {
        int count = (int) Math.min(left, in.remaining());
        left -= count;
        if (left == 0) {
            state = chunked ? State.CHUNK_END : State.COMPLETE;
        }
        return take(in, count);
    }

    private static ByteBuffer take(ByteBuffer in, int count) {
        var view = in.slice(in.position(), count);
        in.position(in.position() + count);
        return view;
    }

    private long chunkSize() throws MalformedHttpException {
        long size = 0;
        int i = 0;
        while (i < line.size() && Character.digit(line.at(i), 16) >= 0 && line.at(i) < 128) {
            size = size * 16 + Character.digit(line.at(i), 16);
            if (++i > LONGEST_SIZE) {
                throw MalformedHttpException.badRequest("a chunk size of too many digits");
            }
        }
        // BWS before the extensions is allowed to be there, and allowed to be refused: it is refused.
        if (i == 0 || (i < line.size() && line.at(i) != ';')) {
            throw MalformedHttpException.badRequest("a chunk size that is not a hexadecimal number");
        }
        return size;
    }

    private void trailer() throws MalformedHttpException {
        if (line.size() == 0) {
            state = State.COMPLETE;
        } else {
            trailers.add(line);
            line.reset();
        }
    }

    private static MalformedHttpException tooLong(String what) {
        return MalformedHttpException.badRequest("a " + what + " that is longer than it should be");
    }
}

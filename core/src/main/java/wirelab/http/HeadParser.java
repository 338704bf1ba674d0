package wirelab.http;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Reads heads, one after the other, from octets that come in pieces of any size. Confined to one thread.
///
/// Holds no more than the line that is not complete yet and the fields before it, both bounded by [HttpLimits].
public abstract sealed class HeadParser<H extends HttpHead> permits RequestParser, ResponseParser {
    final HttpLimits limits;
    private final LineReader line = new LineReader();
    private final FieldReader fields;
    private boolean startLineRead;
    private boolean begun;
    private boolean emptyLineSeen;

    HeadParser(HttpLimits limits, boolean unfolds) {
        this.limits = limits;
        this.fields = new FieldReader(limits, unfolds);
    }

    /// Takes octets off `in` up to the end of the head, and not one more.
    ///
    /// @return empty if the head goes on in octets that are still to come; all of `in` is taken then
    /// @throws MalformedHttpException if no head begins like this; the connection is of no use afterwards
    public final Optional<H> parse(ByteBuffer in) throws MalformedHttpException {
        while (in.hasRemaining()) {
            begun = true;
            if (!startLineRead) {
                if (!line.next(in, startLineMax(), this::startLineTooLong)) {
                    return Optional.empty();
                }
                readStartLine();
            } else if (!line.next(in, fields.room(), FieldReader::tooLarge)) {
                return Optional.empty();
            } else if (line.size() > 0) {
                fields.add(line);
                line.reset();
            } else {
                startLineRead = false;
                begun = false;
                emptyLineSeen = false;
                return Optional.of(head(fields.take()));
            }
        }
        return Optional.empty();
    }

    /// Whether a part of a head has come, and its end has not.
    public final boolean isMidway() {
        return begun;
    }

    private void readStartLine() throws MalformedHttpException {
        if (line.size() > 0) {
            startLine(line);
            startLineRead = true;
            line.reset();
        } else if (emptyLineSeen || !skipsEmptyLine()) {
            throw MalformedHttpException.badRequest("an empty line where a start line should be");
        } else {
            emptyLineSeen = true; // RFC 9112 section 2.2: some old clients send one after the body before.
        }
    }

    abstract int startLineMax();

    abstract MalformedHttpException startLineTooLong();

    abstract boolean skipsEmptyLine();

    abstract void startLine(LineReader line) throws MalformedHttpException;

    abstract H head(HttpHeaders headers) throws MalformedHttpException;
}

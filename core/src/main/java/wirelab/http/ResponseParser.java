package wirelab.http;

/// Reads the heads of responses, as a client does. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-4 RFC 9112 section 4
public final class ResponseParser extends HeadParser<HttpResponse> {
    private static final int LONGEST_REASON = 512;
    private static final int STATUS_AT = 9;
    private static final int REASON_AT = 13;

    private HttpVersion version = HttpVersion.HTTP_1_1;
    private int status;
    private String reason = "";

    public ResponseParser(HttpLimits limits) {
        super(limits, true);
    }

    @Override
    int startLineMax() {
        return REASON_AT + LONGEST_REASON;
    }

    @Override
    MalformedHttpException startLineTooLong() {
        return MalformedHttpException.badRequest("a status line of more than " + startLineMax() + " octets");
    }

    @Override
    boolean skipsEmptyLine() {
        return false;
    }

    @Override
    void startLine(LineReader line) throws MalformedHttpException {
        // The space before an empty reason belongs there, yet is left out by many.
        boolean shaped = line.size() >= STATUS_AT + 3
                && line.at(STATUS_AT - 1) == ' '
                && (line.size() == STATUS_AT + 3 || line.at(REASON_AT - 1) == ' ');
        if (!shaped) {
            throw MalformedHttpException.badRequest("a status line that is not version, status and reason");
        }
        version = HttpVersion.decode(line.text(0, STATUS_AT - 1));
        status = 0;
        for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
            if (!Grammar.isDigit(line.at(i))) {
                throw MalformedHttpException.badRequest("a status that is not three digits");
            }
            status = status * 10 + line.at(i) - '0';
        }
        if (status < 100 || status > 599) {
            throw MalformedHttpException.badRequest("a status that is not from 100 to 599");
        }
        reason = line.text(Math.min(REASON_AT, line.size()), line.size());
    }

    @Override
    HttpResponse head(HttpHeaders headers) {
        return new HttpResponse(version, status, reason, headers);
    }
}

package wirelab.httpserver.engine;

/// Where a connection is. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-9 RFC 9112 section 9
enum ConnectionState {
    /// Between two requests, or before the first.
    IDLE,
    /// In the middle of a head.
    HEAD,
    /// In the middle of a request's body.
    BODY,
    /// A resource is looked up.
    FINDING,
    /// A response is on its way.
    SENDING,
    /// We have sent our last octet, and wait for the client's.
    LINGERING,
    CLOSED;

    /// The whole table: the compiler checks that no pair is left out.
    ///
    /// @throws IllegalStateException for a pair that our own code must not make
    ConnectionState after(ConnectionEvent event) {
        return switch (this) {
            case IDLE ->
                switch (event) {
                    case OCTETS -> HEAD;
                    case BODY -> BODY;
                    case REQUEST -> FINDING;
                    case ANSWER -> SENDING; // RFC 9112 section 2.2: what is no request is answered with 400.
                    case ENDED -> CLOSED;
                    case ALARM -> CLOSED; // RFC 9112 section 9.5: without a word, since no request is there.
                    case DRAIN -> CLOSED;
                    case SENT, SENT_LAST, SENT_AND_DONE -> throw impossible(event);
                };
            case HEAD ->
                switch (event) {
                    case OCTETS -> HEAD;
                    case BODY -> BODY;
                    case REQUEST -> FINDING;
                    case ANSWER -> SENDING; // RFC 9110 section 15.5.9: 408 is one of them.
                    case ENDED -> CLOSED; // RFC 9112 section 8: half a request is none.
                    case DRAIN -> HEAD;
                    case ALARM, SENT, SENT_LAST, SENT_AND_DONE -> throw impossible(event);
                };
            case BODY ->
                switch (event) {
                    case OCTETS -> BODY;
                    case REQUEST -> FINDING;
                    case ANSWER -> SENDING; // RFC 9110 section 15.5.14: 413 before the body is over.
                    case ENDED -> CLOSED; // RFC 9112 section 8.
                    case DRAIN -> BODY;
                    case BODY, ALARM, SENT, SENT_LAST, SENT_AND_DONE -> throw impossible(event);
                };
            case FINDING ->
                switch (event) {
                    case ANSWER -> SENDING;
                    case ENDED -> FINDING; // RFC 9112 section 9.6: half closed is no cancellation.
                    case ALARM -> CLOSED;
                    case DRAIN -> FINDING;
                    case OCTETS, BODY, REQUEST, SENT, SENT_LAST, SENT_AND_DONE -> throw impossible(event);
                };
            case SENDING ->
                switch (event) {
                    case SENT -> IDLE; // RFC 9112 section 9.3.
                    case SENT_LAST -> LINGERING; // RFC 9112 section 9.6.
                    case SENT_AND_DONE -> CLOSED;
                    case ENDED -> SENDING;
                    case ALARM -> CLOSED; // RFC 9112 section 9.5: a client that takes nothing.
                    case DRAIN -> SENDING;
                    case OCTETS, BODY, REQUEST, ANSWER -> throw impossible(event);
                };
            case LINGERING ->
                switch (event) {
                    case ENDED -> CLOSED; // RFC 9112 section 9.6: it has all, or wants no more.
                    case ALARM -> CLOSED;
                    case OCTETS, DRAIN -> LINGERING;
                    case BODY, REQUEST, ANSWER, SENT, SENT_LAST, SENT_AND_DONE -> throw impossible(event);
                };
            case CLOSED ->
                switch (event) {
                    case OCTETS, BODY, REQUEST, ANSWER, SENT, SENT_LAST, SENT_AND_DONE, ENDED, ALARM, DRAIN -> CLOSED;
                };
        };
    }

    private IllegalStateException impossible(ConnectionEvent event) {
        return new IllegalStateException(event + " in state " + this);
    }
}

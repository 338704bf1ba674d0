package wirelab.rudp;

import java.time.Duration;
import wirelab.rudp.RudpMessage.StatReply;
import wirelab.wire.Bytes;

/// What became of a client's request. Immutable.
public sealed interface Outcome {
    Exchange exchange();

    /// The packets of one request.
    ///
    /// @param request as it went out
    /// @param tries how often it was sent
    /// @param sent datagrams sent for it, SIGNLOST ones among them
    /// @param received datagrams that answered it, the parts of a long content each
    /// @param elapsed from the first of them to the last; with a single try, the round-trip time
    record Exchange(RudpMessage request, int tries, int sent, int received, Duration elapsed) {}

    /// SIGNEW was answered.
    record Opened(Exchange exchange) implements Outcome {}

    /// SIGNECHO was answered.
    record Echoed(Exchange exchange) implements Outcome {}

    /// SIGNSTAT was answered.
    record Reported(Exchange exchange, StatReply reply) implements Outcome {}

    /// SIGNGET was answered, in one piece or in many; `wirelab.scrap` reads the content.
    record Fetched(Exchange exchange, Bytes content) implements Outcome {}

    /// The request was not answered within the bounds of [RetryPolicy].
    record GaveUp(Exchange exchange, Reason reason) implements Outcome {}

    /// Why a client gave up.
    enum Reason {
        /// Nothing came at all.
        SILENCE,
        /// The server said SIGNFULL, and went on saying it.
        FULL,
        /// The server said SIGNEND: it has no session for us, and a new SIGNEW did not help.
        NO_SESSION,
        /// Parts came, but not all, and then nothing more.
        INCOMPLETE
    }
}

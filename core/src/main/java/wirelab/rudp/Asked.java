package wirelab.rudp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import wirelab.rudp.Outcome.Exchange;
import wirelab.rudp.Outcome.Reason;
import wirelab.rudp.RudpMessage.PartRange;
import wirelab.rudp.RudpMessage.SignGet;
import wirelab.rudp.RudpMessage.SignNew;

/// What a client is asking, and how that goes. Confined to one thread.
final class Asked {
    final RudpMessage message;
    final Optional<Asked> interrupted;
    final Instant begun;
    /// How often the message went out.
    int tries;
    /// Datagrams that went out since the last sign of progress.
    int attempts;
    int sent;
    int received;
    Instant sentAt;
    Instant retryAt;
    Instant giveUpAt;
    boolean reopened;
    boolean unambiguous;
    List<PartRange> wanted = List.of();
    Reason reason = Reason.SILENCE;

    Asked(RudpMessage message, Optional<Asked> interrupted, Instant now, Duration timeout) {
        this.message = message;
        this.interrupted = interrupted;
        this.begun = now;
        this.sentAt = now;
        this.retryAt = now;
        this.giveUpAt = now.plus(timeout);
    }

    Instant deadline() {
        return retryAt.isBefore(giveUpAt) ? retryAt : giveUpAt;
    }

    long id() {
        return message instanceof RudpMessage.Request request ? request.id() : 0;
    }

    boolean hasId(long id) {
        return id() == id;
    }

    boolean gets(long id) {
        return message instanceof SignGet && id() == id;
    }

    /// SIGNEW cannot be answered by SIGNEND; all else is by one with its id, or with none.
    boolean mayEndBy(long id) {
        return !(message instanceof SignNew) && (id == 0 || id() == id);
    }

    Exchange exchange(Instant now) {
        return new Exchange(message, tries, sent, received, Duration.between(begun, now));
    }
}

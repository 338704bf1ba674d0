package wirelab.dnsserver.engine;

import java.util.Iterator;
import java.util.Optional;
import wirelab.dns.DnsName;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
import wirelab.dns.tsig.TsigSession;
import wirelab.wire.Bytes;

/// What is to be done about a packet. Immutable.
public sealed interface Decision {
    /// Answer it.
    ///
    /// @param message what to send
    /// @param rcode all bits of it
    /// @param question what was asked, if that could be read
    /// @param why what was wrong with the query, if something was
    /// @param known whether the client has shown a cookie of ours, so that its address is no forged one
    record Reply(Bytes message, Rcode rcode, Optional<Question> question, Optional<String> why, boolean known)
            implements Decision {
        Reply withMessage(Bytes other) {
            return new Reply(other, rcode, question, why, known);
        }
    }

    /// Send a zone, over TCP: one message after the other, each made when it is asked for.
    ///
    /// @param session what signs each of them, if the request was signed
    record Transfer(Iterator<Bytes> messages, Question question, Optional<TsigSession> session) implements Decision {
        Transfer signedBy(TsigSession other) {
            return new Transfer(messages, question, Optional.of(other));
        }
    }

    /// Answer it; and its primary says that this zone, of which a copy is kept here, has changed.
    record Notified(Reply reply, DnsName zone) implements Decision {}

    /// Send nothing: an answer would harm somebody, or could not be addressed to a query.
    record Silent(String why) implements Decision {}
}

package wirelab.dnsserver.engine;

import java.util.Optional;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
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
            implements Decision {}

    /// Send nothing: an answer would harm somebody, or could not be addressed to a query.
    record Silent(String why) implements Decision {}
}

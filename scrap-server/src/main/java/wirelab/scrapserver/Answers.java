package wirelab.scrapserver;

import java.util.Optional;
import wirelab.scrap.FileDetails;
import wirelab.scrap.ScrapCodec;
import wirelab.scrap.ScrapReply;
import wirelab.scrap.ScrapRequest;
import wirelab.scrapserver.engine.ScrapEngine;
import wirelab.scrapserver.engine.Staleness;
import wirelab.wire.Bytes;

/// What clients are told until the next look at the page; written once, however many ask. Immutable.
///
/// @param staleness why the list may be out of date
record Answers(Answer names, Answer details, Optional<Staleness> staleness) {
    /// One of them.
    ///
    /// @param octets the whole of what is sent before the FIN
    record Answer(ScrapReply reply, Bytes octets) {
        static Answer of(ScrapReply reply) {
            return new Answer(reply, ScrapCodec.encode(reply));
        }
    }

    static Answers of(ScrapEngine engine) {
        var whole = Answer.of(engine.reply());
        var names = whole.reply() instanceof FileDetails details ? Answer.of(details.names()) : whole;
        return new Answers(names, whole, engine.staleness());
    }

    Answer to(ScrapRequest request) {
        return switch (request) {
            case NAMES -> names;
            case DETAILS -> details;
        };
    }
}

package wirelab.scrapserver.engine;

import wirelab.http.HttpResponse;
import wirelab.scrap.ScrapFailure;
import wirelab.wire.Bytes;

/// What came of a [PageRequest].
public sealed interface PageReply {
    /// A whole response. Immutable.
    ///
    /// @param body without any coding that it had on the way
    record Response(HttpResponse head, Bytes body) implements PageReply {}

    /// None. Immutable.
    ///
    /// @param kind whether the server did not answer, or answered what is not HTTP
    /// @param why continues a sentence that names the page
    record Failure(ScrapFailure.Kind kind, String why) implements PageReply {}
}

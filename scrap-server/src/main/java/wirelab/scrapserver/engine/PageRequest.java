package wirelab.scrapserver.engine;

import java.util.Optional;
import wirelab.http.HttpHeaders;
import wirelab.http.HttpRequest;
import wirelab.http.HttpVersion;

/// One request for the index page. Immutable.
///
/// @param page whom to ask for what
/// @param http what to send there; it wants the connection closed afterwards, since the next one may be far off
public record PageRequest(PageAddress page, HttpRequest http) {
    static PageRequest of(PageAddress page, Optional<Validators> known) {
        var http = new HttpRequest(
                "GET",
                page.target(),
                HttpVersion.HTTP_1_1,
                HttpHeaders.of(
                        "Host", page.authority(),
                        "User-Agent", HttpRequest.USER_AGENT,
                        "Accept", "text/html",
                        "Accept-Encoding", "identity",
                        "Connection", "close"));
        return new PageRequest(
                page,
                known.filter(one -> one.page().equals(page))
                        .map(one -> one.ask(http))
                        .orElse(http));
    }

    /// Whether the server may answer 304, that nothing has changed.
    boolean isConditional() {
        return http.headers().has("If-None-Match") || http.headers().has("If-Modified-Since");
    }
}

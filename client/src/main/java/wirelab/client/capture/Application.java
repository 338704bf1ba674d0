package wirelab.client.capture;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What begins, or is put together, in a segment of TCP. Immutable.
public sealed interface Application {
    /// The protocol's short name, as `HTTP`.
    String protocol();

    /// Nothing, or octets of what began in an earlier segment.
    record Plain() implements Application {
        @Override
        public String protocol() {
            return "TCP";
        }
    }

    /// A request (RFC 9112 section 3).
    ///
    /// @param range the field of that name
    record HttpRequest(String method, String target, Optional<String> range) implements Application {
        @Override
        public String protocol() {
            return "HTTP";
        }
    }

    /// The head of a response (RFC 9112 section 4).
    ///
    /// @param contentLength the field of that name
    record HttpResponse(int status, String phrase, OptionalLong contentLength, Optional<String> contentType)
            implements Application {
        @Override
        public String protocol() {
            return "HTTP";
        }
    }

    /// What is asked of the scrap server (docs/scrap.md section 3).
    record ScrapRequest(String text) implements Application {
        @Override
        public String protocol() {
            return "SCRAP";
        }
    }

    /// The scrap server's list, or why there is none.
    record ScrapReply(List<String> names, Optional<String> failure) implements Application {
        public ScrapReply {
            names = List.copyOf(names);
        }

        @Override
        public String protocol() {
            return "SCRAP";
        }
    }
}

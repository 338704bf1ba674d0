package wirelab.dnsserver.engine;

import java.util.Optional;
import wirelab.wire.Bytes;

/// What the server says about itself. Immutable.
///
/// @param version the answer to `version.bind`
/// @param name which of several servers this is, for `id.server`, `hostname.bind` and NSID (RFC 5001); nobody is told
///     without it
/// @param secret the key of its cookies; it gives none without one
public record Identity(String version, Optional<String> name, Optional<Bytes> secret) {
    public Identity {
        if (version.length() > 255 || name.filter(text -> text.length() > 255).isPresent()) {
            throw new IllegalArgumentException("a server's version and name have at most 255 characters");
        }
        if (secret.filter(key -> key.size() != Cookies.KEY_OCTETS).isPresent()) {
            throw new IllegalArgumentException("the key of cookies has 16 octets");
        }
    }

    /// A version and nothing else.
    public static Identity of(String version) {
        return new Identity(version, Optional.empty(), Optional.empty());
    }
}

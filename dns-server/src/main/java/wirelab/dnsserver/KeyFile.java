package wirelab.dnsserver;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import wirelab.dns.tsig.TsigKey;

/// Reads keys for TSIG as BIND, and `tsig-keygen`, write them. Immutable: it holds nothing.
///
/// ```
/// key "transfer." {
///         algorithm hmac-sha256;
///         secret "c2VjcmV0";
/// };
/// ```
final class KeyFile {
    private static final Pattern COMMENT = Pattern.compile("(?m)(//|#).*$");
    private static final Pattern KEY = Pattern.compile("\\s*key\\s+\"?([^\\s\"{]+)\"?\\s*\\{\\s*"
            + "algorithm\\s+\"?([A-Za-z0-9-]+)\\.?\"?\\s*;\\s*secret\\s+\"?([A-Za-z0-9+/=]+)\"?\\s*;\\s*\\}\\s*;\\s*");

    private KeyFile() {}

    /// @throws IllegalArgumentException if the text holds anything else, or no key
    static List<TsigKey> parse(String text) {
        var keys = new ArrayList<TsigKey>();
        var key = KEY.matcher(COMMENT.matcher(text).replaceAll(""));
        int end = 0;
        while (key.find() && key.start() == end) {
            keys.add(TsigKey.of(key.group(1), key.group(2), key.group(3)));
            end = key.end();
        }
        if (keys.isEmpty() || end != COMMENT.matcher(text).replaceAll("").length()) {
            throw new IllegalArgumentException("expected keys of the form"
                    + " key \"NAME\" { algorithm hmac-sha256; secret \"BASE64\"; }; as tsig-keygen writes them");
        }
        return keys;
    }
}

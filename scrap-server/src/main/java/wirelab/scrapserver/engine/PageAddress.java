package wirelab.scrapserver.engine;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a page is: an `http` URL whose host is an IPv4 address, since no names are resolved here. Immutable.
///
/// ```
/// http://127.0.0.1:80/pub/?list
///        \__server__/\path/\query
/// ```
///
/// @param server its address and port: what makes two pages be of the same origin
/// @param path starts with `/`, percent-encoded, without dot segments
/// @param query what stands after the `?`
/// @spec https://www.rfc-editor.org/rfc/rfc3986 RFC 3986
public record PageAddress(InetSocketAddress server, String path, Optional<String> query) {
    private static final Pattern URL = Pattern.compile("(?i)http://([^/?#:@]+)(?::(\\d{1,5}))?([/?#].*)?");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final int DEFAULT_PORT = 80;

    public PageAddress {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with '/', and '" + path + "' does not");
        }
    }

    /// Reads a URL like `http://127.0.0.1:80/`.
    ///
    /// @throws IllegalArgumentException whose message says what is wrong with it
    public static PageAddress parse(String url) {
        var match = URL.matcher(url);
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + url + "' is not a URL like http://127.0.0.1:80/");
        }
        var host = match.group(1);
        int port = match.group(2) == null ? DEFAULT_PORT : Integer.parseInt(match.group(2));
        if (port == 0 || port > 65535) {
            throw new IllegalArgumentException("'" + url + "': a port is 1 to 65535");
        }
        var root = new PageAddress(new InetSocketAddress(literal(host, url), port), "/", Optional.empty());
        var rest = match.group(3) == null ? "/" : match.group(3);
        return root.resolve(rest.startsWith("/") ? rest : "/" + rest)
                .orElseThrow(() -> new IllegalArgumentException("'" + url + "' has a control character in it"));
    }

    private static Inet4Address literal(String host, String url) {
        try {
            if (DOTTED.matcher(host).matches()) {
                return Inet4Address.ofLiteral(host);
            }
        } catch (IllegalArgumentException e) {
            // Falls through: 127.0.0.256 has the form and is none.
        }
        throw new IllegalArgumentException(
                "'" + url + "': the host must be an IPv4 address like 127.0.0.1; names are not resolved");
    }

    /// Where a reference on this page leads, its fragment left out.
    ///
    /// Forgiving where browsers are: white space round it goes, and `\` counts as `/`.
    ///
    /// @return empty if it leads to another origin or scheme, or has a control character in it
    /// @spec https://www.rfc-editor.org/rfc/rfc3986#section-5.2 RFC 3986, Relative Resolution
    public Optional<PageAddress> resolve(String reference) {
        var text = before(reference.strip(), '#');
        if (text.codePoints().anyMatch(PageAddress::belongsInNoUrl)) {
            return Optional.empty();
        }
        var newPath = before(text, '?').replace('\\', '/');
        var newQuery = Optional.of(text.substring(newPath.length()))
                .filter(query -> !query.isEmpty())
                .map(query -> percentEncode(query.substring(1)));
        if (SCHEME.matcher(newPath).matches()) {
            return absolute(newPath, newQuery);
        }
        if (newPath.startsWith("//")) {
            return absolute("http:" + newPath, newQuery);
        }
        if (newPath.isEmpty()) {
            return Optional.of(new PageAddress(server, path, newQuery.or(() -> query)));
        }
        return Optional.of(at(newPath.startsWith("/") ? newPath : directory() + newPath, newQuery));
    }

    private static boolean belongsInNoUrl(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    private Optional<PageAddress> absolute(String url, Optional<String> newQuery) {
        var match = URL.matcher(url);
        if (!match.matches() || !isServer(match.group(1), match.group(2))) {
            return Optional.empty();
        }
        return Optional.of(at(match.group(3) == null ? "/" : match.group(3), newQuery));
    }

    private boolean isServer(String host, @Nullable String port) {
        return host.equals(server.getAddress().getHostAddress())
                && Integer.toString(server.getPort()).equals(port == null ? "80" : port);
    }

    private PageAddress at(String newPath, Optional<String> newQuery) {
        return new PageAddress(server, withoutDotSegments(percentEncode(newPath)), newQuery);
    }

    /// The path up to its last `/`, which relative links start from.
    public String directory() {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /// What an HTTP request for the page names.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc9112#section-3.2.1 RFC 9112, origin-form
    public String target() {
        return path + query.map(text -> "?" + text).orElse("");
    }

    /// What stands in the `Host` field: the port too, unless it is HTTP's own.
    public String authority() {
        var host = server.getAddress().getHostAddress();
        return server.getPort() == DEFAULT_PORT ? host : host + ":" + server.getPort();
    }

    @Override
    public String toString() {
        return "http://" + authority() + target();
    }

    /// RFC 3986 section 5.2.4; `%2e` is a dot, too.
    private static String withoutDotSegments(String path) {
        var kept = new ArrayDeque<String>();
        var segments = List.of(path.substring(1).split("/", -1));
        for (int i = 0; i < segments.size(); i++) {
            var next = segments.get(i);
            var plain = next.toLowerCase(Locale.ROOT).replace("%2e", ".");
            if (plain.equals("..")) {
                kept.pollLast();
            }
            if (!plain.equals(".") && !plain.equals("..")) {
                kept.addLast(next);
            } else if (i == segments.size() - 1) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /// Leaves ASCII as it is, so that `%41` does not become `%2541`; the rest becomes UTF-8.
    private static String percentEncode(String text) {
        var out = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet > ' ' && octet < 0x7f) {
                out.append((char) octet);
            } else {
                out.append('%').append(String.format("%02X", octet));
            }
        }
        return out.toString();
    }

    private static String before(String text, char mark) {
        int at = text.indexOf(mark);
        return at < 0 ? text : text.substring(0, at);
    }
}

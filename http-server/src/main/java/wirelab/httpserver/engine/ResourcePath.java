package wirelab.httpserver.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import wirelab.http.HttpStatus;
import wirelab.http.MalformedHttpException;
import wirelab.http.PercentEncoding;

/// The path of a request, taken apart and decoded, from which nothing leads out of the root. Immutable.
///
/// No segment is empty, `.`, `..` or has `/`, `\` or NUL in it, so a path under the root stays under it whoever joins
/// them. A segment that begins with a dot is hidden, and so is all below it.
///
/// @param segments the names from the root on; none for the root itself
/// @param directory whether it ends with `/`
public record ResourcePath(List<String> segments, boolean directory) {
    public ResourcePath {
        segments = List.copyOf(segments);
        if (segments.stream().anyMatch(segment -> !isName(segment))) {
            throw new IllegalArgumentException("not the path of a resource: " + segments);
        }
        if (segments.isEmpty() && !directory) {
            throw new IllegalArgumentException("the root is a directory");
        }
    }

    /// Reads an absolute path, still percent-encoded, without its query.
    ///
    /// @throws MalformedHttpException 400 if it tries to lead elsewhere or is badly encoded, 404 if a
    ///     name in it is empty
    static ResourcePath of(String path) throws MalformedHttpException {
        if (!path.startsWith("/")) {
            throw bad("a path that does not begin with a slash");
        }
        var segments = new ArrayList<String>();
        int from = 1;
        while (from < path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            segments.add(segment(path.substring(from, to)));
            from = to + 1;
        }
        return new ResourcePath(segments, path.endsWith("/"));
    }

    private static String segment(String encoded) throws MalformedHttpException {
        var name = PercentEncoding.decode(encoded).orElseThrow(() -> bad("a path that is not percent-encoded UTF-8"));
        if (name.equals(".") || name.equals("..")) {
            throw bad("a path with a segment of dots");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            throw bad("a path with an encoded slash, a backslash or NUL");
        }
        if (name.isEmpty()) {
            throw new MalformedHttpException(HttpStatus.NOT_FOUND, "nothing has an empty name");
        }
        return name;
    }

    private static boolean isName(String segment) {
        return !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && segment.chars().noneMatch(c -> c == '/' || c == '\\' || c == '\0');
    }

    private static MalformedHttpException bad(String why) {
        return new MalformedHttpException(HttpStatus.BAD_REQUEST, why);
    }

    /// A file in this directory.
    public ResourcePath child(String name) {
        var names = new ArrayList<>(segments);
        names.add(name);
        return new ResourcePath(names, false);
    }

    /// Whether a name in it begins with a dot.
    public boolean isHidden() {
        return segments.stream().anyMatch(segment -> segment.startsWith("."));
    }

    /// As it stands in a URI, percent-encoded.
    public String encoded() {
        var path = segments.stream().map(PercentEncoding::encodeSegment).collect(Collectors.joining("/", "/", ""));
        return directory && !segments.isEmpty() ? path + "/" : path;
    }

    /// As people read it: `/a name/`.
    @Override
    public String toString() {
        var path = "/" + String.join("/", segments);
        return directory && !segments.isEmpty() ? path + "/" : path;
    }
}

package wirelab.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import wirelab.wire.Bytes;

/// Reads a packet kept as annotated hexadecimal: from `#` to the end of a line is a remark, white space is free, and
/// `"text"` stands for its ASCII octets.
///
/// ```
/// # DISCOVER, RFC 2131 section 4.1
/// 01 01 06 00          # op htype hlen hops
/// "example"            # ASCII
/// 00*64                # sixty-four octets of zero
/// ```
public final class GoldenPacket {
    private GoldenPacket() {}

    /// Reads the packet at `path`.
    ///
    /// @param path on the class path, as `/packets/discover.hex`
    public static Bytes read(String path) {
        try (var stream = GoldenPacket.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalArgumentException("no golden packet " + path + " in src/test/resources");
            }
            return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Bytes parse(String text) {
        var hex = text.lines().map(GoldenPacket::line).collect(Collectors.joining());
        return Bytes.hex(hex);
    }

    private static String line(String line) {
        var out = new StringBuilder();
        int i = 0;
        while (i < line.length() && line.charAt(i) != '#') {
            if (line.charAt(i) == '"') {
                int close = line.indexOf('"', i + 1);
                out.append(Bytes.ascii(line.substring(i + 1, close)).toHex());
                i = close + 1;
            } else if (Character.isWhitespace(line.charAt(i))) {
                i++;
            } else {
                int end = i;
                while (end < line.length() && " \t#\"".indexOf(line.charAt(end)) < 0) {
                    end++;
                }
                out.append(word(line.substring(i, end)));
                i = end;
            }
        }
        return out.toString();
    }

    /// `0a0b`, or `00*64` for a repeated group.
    private static String word(String word) {
        int star = word.indexOf('*');
        return star < 0 ? word : word.substring(0, star).repeat(Integer.parseInt(word.substring(star + 1)));
    }
}

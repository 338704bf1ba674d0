package wirelab.http;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// Octets in a URI, as `%20` for a space. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3986#section-2.1 RFC 3986 section 2.1
public final class PercentEncoding {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String UNRESERVED = "-._~";

    private PercentEncoding() {}

    /// A file's name as one segment of a path: all but the unreserved characters is encoded, `/` too.
    public static String encodeSegment(String name) {
        var out = new StringBuilder(name.length() + 16);
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(octet)) {
                out.append((char) octet);
            } else {
                out.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return out.toString();
    }

    /// Each `%xx` as its octet, everything else as it stands.
    ///
    /// @return empty if a `%` is not followed by two hexadecimal digits, or if the octets are not UTF-8
    public static Optional<String> decode(String text) {
        if (text.indexOf('%') < 0 && text.chars().allMatch(c -> c < 128)) {
            return Optional.of(text);
        }
        var out = new WireWriter(text.length());
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (c != '%') {
                out.bytes(Bytes.utf8(Character.toString(c)));
                i += Character.charCount(c);
            } else if (i + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2))) {
                out.u8(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 3;
            } else {
                return Optional.empty();
            }
        }
        return utf8(out.toBytes());
    }

    private static Optional<String> utf8(Bytes octets) {
        try {
            // A new decoder reports what is not UTF-8, where String would replace it.
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(octets.toBuffer())
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isUnreserved(byte c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || UNRESERVED.indexOf((char) (c & 0xff)) >= 0;
    }
}

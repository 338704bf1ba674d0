package wirelab.dns;

import java.util.ArrayList;
import java.util.List;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// Names and character strings as people write them, with `\` before what would be read as something else. Immutable:
/// it holds nothing.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-5.1 RFC 1035
public final class DnsText {
    private DnsText() {}

    /// The octets that a character string of a zone file spells: `\"` is a quote, `\010` an octet in decimal, any other
    /// character the octet of its number.
    ///
    /// @throws IllegalArgumentException if a character is over U+00FF, or a backslash stands for nothing
    public static Bytes octets(String text) {
        var octets = new WireWriter(64);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                octets.u8(escaped(text, i + 1));
                i += Character.isDigit(text.charAt(i + 1)) ? 3 : 1;
            } else if (c > 0xff) {
                throw new IllegalArgumentException("'" + c + "' is not an octet");
            } else {
                octets.u8(c);
            }
        }
        return octets.toBytes();
    }

    static List<Bytes> labels(String text) {
        if (text.equals(".")) {
            return List.of();
        }
        var labels = new ArrayList<Bytes>();
        var label = new WireWriter(64);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                labels.add(ended(label, text));
                label = new WireWriter(64);
            } else if (c == '\\') {
                label.u8(escaped(text, i + 1));
                i += Character.isDigit(text.charAt(i + 1)) ? 3 : 1;
            } else if (c > 0x7f) {
                throw new IllegalArgumentException("'" + text + "' is not ASCII; write its xn-- form");
            } else {
                label.u8(c);
            }
        }
        if (label.position() > 0 || text.isEmpty()) {
            labels.add(ended(label, text));
        }
        return labels;
    }

    private static Bytes ended(WireWriter label, String text) {
        if (label.position() == 0) {
            throw new IllegalArgumentException("an empty label in '" + text + "'");
        }
        return label.toBytes();
    }

    private static int escaped(String text, int at) {
        if (at < text.length() && !Character.isDigit(text.charAt(at))) {
            return text.charAt(at);
        }
        if (at + 3 <= text.length() && text.substring(at, at + 3).matches("[01][0-9]{2}|2[0-4][0-9]|25[0-5]")) {
            return Integer.parseInt(text.substring(at, at + 3));
        }
        throw new IllegalArgumentException("'\\' in '" + text + "' wants a character or three digits up to 255");
    }

    /// Appends Latin-1 `octets`, with a backslash before each of `special` and before `\`, and in decimal what cannot
    /// be seen.
    static void append(StringBuilder text, String octets, String special) {
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            if (c < 0x21 || c > 0x7e) {
                text.append('\\')
                        .append((char) ('0' + c / 100))
                        .append((char) ('0' + c / 10 % 10))
                        .append((char) ('0' + c % 10));
            } else if (c == '\\' || special.indexOf(c) >= 0) {
                text.append('\\').append(c);
            } else {
                text.append(c);
            }
        }
    }
}

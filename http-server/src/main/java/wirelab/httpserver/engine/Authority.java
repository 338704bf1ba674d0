package wirelab.httpserver.engine;

import java.util.regex.Pattern;

/// The form of host and port, in `Host` and in absolute targets. Immutable.
///
/// ```
/// authority = ( "[" IPv6address "]" / IPv4address / reg-name ) [ ":" port ]
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2 RFC 3986 section 3.2.2
final class Authority {
    private static final Pattern FORM = Pattern.compile("(?:\\[[0-9A-Fa-f:.]{2,45}]"
            + "|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2}){1,255})"
            + "(?::\\d{0,5})?");

    private Authority() {}

    /// Whether `text` is one. An empty host is none: RFC 9110 section 4.2.1.
    static boolean isValid(String text) {
        return isPlain(text) || FORM.matcher(text).matches();
    }

    /// The same for nearly all that come, without the cost of a pattern: letters, digits, dots, hyphens, a port.
    private static boolean isPlain(String text) {
        int i = 0;
        while (i < text.length() && isPlainHostCharacter(text.charAt(i))) {
            i++;
        }
        if (i == 0 || i > 255) {
            return false;
        }
        if (i == text.length()) {
            return true;
        }
        int digits = text.length() - i - 1;
        return text.charAt(i) == ':'
                && digits <= 5
                && text.substring(i + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isPlainHostCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    }
}

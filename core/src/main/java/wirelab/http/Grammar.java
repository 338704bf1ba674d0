package wirelab.http;

/// The character classes of the grammar. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9110#section-5.6 RFC 9110 section 5.6
final class Grammar {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            TOKEN[c] = isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private Grammar() {}

    /// DIGIT, of ASCII alone.
    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// tchar.
    static boolean isTokenCharacter(int c) {
        return c >= 0 && c < 128 && TOKEN[c];
    }

    /// `1*tchar`: a method, a field name.
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Grammar::isTokenCharacter);
    }

    /// What a field value and a reason phrase are made of: HTAB, SP, VCHAR and obs-text, one octet each.
    static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0xff || c == 0x7f || (c < 0x20 && c != '\t')) {
                return false;
            }
        }
        return true;
    }

    /// `1*VCHAR`: a request target, before anybody looks into it.
    static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isWhitespace(int c) {
        return c == ' ' || c == '\t';
    }
}

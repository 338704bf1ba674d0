package wirelab.dnsserver.zonefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a zone file into entries: knows lines, parentheses, quotes and remarks, and no DNS. Confined to one thread.
///
/// ```
/// @   IN SOA ns hostmaster (   ; a remark
///            1 3600 900        ; the line goes on until the parenthesis closes
///            604800 60 )
///     IN TXT "a; b" c\;d       ; begins with white space: the owner is the one before
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-5.1 RFC 1035
final class Lexer {
    private final String file;
    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    Lexer(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /// The next entry; empty at the end of the file.
    Optional<Entry> next() throws ZoneFileException {
        var tokens = new ArrayList<Token>();
        Optional<Position> open = Optional.empty();
        boolean blank = startsBlank();
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case ' ', '\t', '\r' -> at++;
                case ';' -> skipRemark();
                case '\n' -> {
                    var end = here();
                    newLine();
                    if (open.isEmpty() && !tokens.isEmpty()) {
                        return Optional.of(new Entry(blank, tokens, end));
                    }
                    blank = open.isEmpty() ? startsBlank() : blank;
                }
                case '(' -> {
                    if (open.isPresent()) {
                        throw error(here(), "expected ')' before another '('");
                    }
                    open = Optional.of(here());
                    at++;
                }
                case ')' -> {
                    if (open.isEmpty()) {
                        throw error(here(), "expected '(' before this ')'");
                    }
                    open = Optional.empty();
                    at++;
                }
                case '"' -> tokens.add(quoted());
                default -> tokens.add(word());
            }
        }
        if (open.isPresent()) {
            throw error(open.get(), "expected ')' to close this '('");
        }
        return tokens.isEmpty() ? Optional.empty() : Optional.of(new Entry(blank, List.copyOf(tokens), here()));
    }

    private boolean startsBlank() {
        return at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t');
    }

    private void skipRemark() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
    }

    private Token quoted() throws ZoneFileException {
        var begin = here();
        int from = ++at;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            skipCharacter();
        }
        if (at >= text.length() || text.charAt(at) == '\n') {
            throw error(begin, "expected '\"' on the same line to close this one");
        }
        return new Token(text.substring(from, at++), true, begin);
    }

    private Token word() {
        var begin = here();
        int from = at;
        while (at < text.length() && " \t\r\n;()\"".indexOf(text.charAt(at)) < 0) {
            skipCharacter();
        }
        return new Token(text.substring(from, at), false, begin);
    }

    // A backslash takes the next character with it, whatever that is; but a line ends where it ends.
    private void skipCharacter() {
        boolean escape = text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n';
        at += escape ? 2 : 1;
    }

    private Position here() {
        return new Position(line, at - lineStart + 1);
    }

    private ZoneFileException error(Position where, String expected) {
        return new ZoneFileException(file, where, expected);
    }
}

package wirelab.httpserver.engine;

import java.time.temporal.ChronoUnit;

/// An index page for programs. Immutable.
///
/// ```json
/// {"path": "/", "more": 0, "entries": [
///   {"name": "50MB.zip", "directory": false, "size": 52428800, "modified": "2026-11-24T12:00:00Z"}
/// ]}
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc8259 RFC 8259
record IndexJson(IndexPage page) {
    String text() {
        var entries = new StringBuilder(page.entries().size() * 120);
        int shown = 0;
        for (var entry : page.entries()) {
            if (entries.length() > IndexPage.MOST_CHARACTERS) {
                break;
            }
            entries.append(shown == 0 ? "\n" : ",\n").append("  {\"name\": ");
            string(entries, entry.name());
            entries.append(", \"directory\": ").append(entry.directory());
            if (!entry.directory()) {
                entries.append(", \"size\": ").append(entry.size());
            }
            entries.append(", \"modified\": \"")
                    .append(entry.modified().truncatedTo(ChronoUnit.SECONDS))
                    .append("\"}");
            shown++;
        }
        var out = new StringBuilder(entries.length() + 256).append("{\"path\": ");
        string(out, page.path().toString());
        int more = page.more() + page.entries().size() - shown;
        return out.append(", \"more\": ")
                .append(more)
                .append(", \"entries\": [")
                .append(entries)
                .append("\n]}\n")
                .toString();
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}

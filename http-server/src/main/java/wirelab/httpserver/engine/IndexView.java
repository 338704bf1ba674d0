package wirelab.httpserver.engine;

import java.util.Comparator;
import java.util.regex.Pattern;
import wirelab.http.HttpHeaders;

/// How a directory is shown: as what, and in which order. Immutable.
///
/// ```
/// ?C=N  ?C=S  ?C=M     by name, size, time of change: Apache's words, which many programs know
/// ;O=D                 the other way round
/// ```
///
/// @param json for programs, else a page for people
public record IndexView(boolean json, Column column, boolean descending) {
    /// What the entries are ordered by.
    public enum Column {
        NAME("N", "Name"),
        SIZE("S", "Size"),
        MODIFIED("M", "Changed (UTC)");

        private final String letter;
        private final String title;

        Column(String letter, String title) {
            this.letter = letter;
            this.title = title;
        }

        String letter() {
            return letter;
        }

        String title() {
            return title;
        }

        private Comparator<IndexPage.Entry> order() {
            return switch (this) {
                case NAME -> Comparator.comparing(IndexPage.Entry::name, NaturalOrder::compare);
                case SIZE -> Comparator.comparingLong(IndexPage.Entry::size);
                case MODIFIED -> Comparator.comparing(IndexPage.Entry::modified);
            };
        }
    }

    /// For who asks for nothing in particular.
    public static final IndexView PLAIN = new IndexView(false, Column.NAME, false);

    private static final String JSON = "application/json";
    private static final Pattern QUERY = Pattern.compile("\\?C=([NSM])(?:[;&]O=([AD]))?");

    /// What the query and `Accept` ask for; what nobody understands counts for nothing.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1 RFC 9110 section 12.5.1
    static IndexView of(String query, HttpHeaders headers) {
        boolean json = prefersJson(headers);
        var order = QUERY.matcher(query);
        if (!order.matches()) {
            return json ? new IndexView(true, Column.NAME, false) : PLAIN;
        }
        for (var column : Column.values()) {
            if (column.letter.equals(order.group(1))) {
                return new IndexView(json, column, "D".equals(order.group(2)));
            }
        }
        return PLAIN;
    }

    private static boolean prefersJson(HttpHeaders headers) {
        if (!headers.has("Accept")) {
            return false;
        }
        int json = 0;
        int html = 0;
        for (var member : headers.list("Accept")) {
            var type = Weighted.of(member);
            if (type.value().equalsIgnoreCase(JSON)) {
                json = Math.max(json, type.weight());
            } else if (type.value().equalsIgnoreCase("text/html")) {
                html = Math.max(html, type.weight());
            }
        }
        return json > html;
    }

    public String mediaType() {
        return json ? JSON : MediaTypes.HTML;
    }

    /// Directories first, whatever the order; equals by name.
    Comparator<IndexPage.Entry> order() {
        var order = descending ? column.order().reversed() : column.order();
        return Comparator.comparing(IndexPage.Entry::directory)
                .reversed()
                .thenComparing(order)
                .thenComparing(Column.NAME.order());
    }
}

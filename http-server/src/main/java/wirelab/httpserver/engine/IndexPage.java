package wirelab.httpserver.engine;

import java.time.Instant;
import java.util.List;

/// What stands for a directory without `index.html`. Immutable.
///
/// @param path of the directory, for the title
/// @param entries what is shown of it, in any order
/// @param more how many are left out
public record IndexPage(ResourcePath path, List<Entry> entries, int more, IndexView view) {
    /// Characters of a page, some 10,000 ordinary entries: the rest is left out, and counted.
    static final int MOST_CHARACTERS = 4 << 20;

    /// One line of the page.
    public record Entry(String name, boolean directory, long size, Instant modified) {}

    public IndexPage {
        entries = entries.stream().sorted(view.order()).toList();
    }

    /// The page, as HTML or JSON.
    public String text() {
        return view.json() ? new IndexJson(this).text() : new IndexHtml(this).text();
    }
}

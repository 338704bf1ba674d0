package wirelab.httpserver.engine;

import java.util.Set;
import wirelab.http.HttpRequest;

/// What a request is for, and in which form it may come. Immutable.
///
/// @param codings how a file may be packed
/// @param view how a directory is shown
public record Wanted(ResourcePath path, Set<ContentCoding> codings, IndexView view) {
    public Wanted {
        codings = Set.copyOf(codings);
    }

    /// A path in its plain form.
    public static Wanted plain(ResourcePath path) {
        return new Wanted(path, Set.of(), IndexView.PLAIN);
    }

    static Wanted of(HttpRequest request, Target target) {
        var headers = request.headers();
        var view = target.path().directory() ? IndexView.of(target.query(), headers) : IndexView.PLAIN;
        return new Wanted(target.path(), ContentCoding.accepted(headers), view);
    }

    /// The same for all views, which make no difference to a file.
    public Wanted asFile() {
        return view.equals(IndexView.PLAIN) ? this : new Wanted(path, codings, IndexView.PLAIN);
    }
}

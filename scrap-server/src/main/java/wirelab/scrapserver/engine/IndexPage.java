package wirelab.scrapserver.engine;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import wirelab.http.PercentEncoding;
import wirelab.scrap.FileDetails;
import wirelab.scrap.FileDetails.Entry;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// An HTML page that lists files, as Apache, nginx and many others make of a folder. Immutable.
///
/// A link counts as a file if it leads to a name directly in the folder of the page: on the same server, without a
/// query (those sort the page), without a `/` at its end (those are folders), and not to the page itself.
///
/// @param files with names as a file system spells them, in the order of the page, each once
public record IndexPage(FileDetails files) {
    /// Most `<` in a page that is read; 10,000 files make about 260,000 in the wordiest listing we know.
    public static final int MOST_TAGS = 400_000;

    /// How much of a page is searched for its character set: what HTML's own prescan reads.
    private static final int PRESCAN = 1024;

    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*=\\s*[\"']?([A-Za-z0-9_.:+-]+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern STRAY_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /// Finds the files that `body` links to.
    ///
    /// @param contentType the field's value, whose `charset` counts before what the page says of itself
    /// @param page where it was found, after all redirects
    /// @throws MalformedException if there are more than [#MOST_TAGS] tags: a parsed page is many times its size
    public static IndexPage read(Bytes body, String contentType, PageAddress page) throws MalformedException {
        var html = text(body, contentType);
        checkTags(html);
        var document = Jsoup.parse(html);
        var base = document.select("base[href]").eachAttr("href").stream().findFirst();
        var start = base.map(page::resolve).orElse(Optional.of(page));
        if (start.isEmpty()) {
            return new IndexPage(new FileDetails(List.of())); // All that the page names is on another server.
        }
        var files = new LinkedHashMap<String, Entry>();
        for (var link : document.select("a[href]")) {
            start.get()
                    .resolve(link.attr("href"))
                    .filter(target -> !target.equals(page))
                    .flatMap(target -> fileName(target, page))
                    .ifPresent(name -> files.computeIfAbsent(
                            name, key -> ListingRow.beside(link).of(key)));
        }
        return new IndexPage(new FileDetails(List.copyOf(files.values())));
    }

    private static void checkTags(String html) throws MalformedException {
        int tags = 0;
        for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
            if (++tags > MOST_TAGS) {
                throw new MalformedException(at, "a page of more than " + MOST_TAGS + " tags is not read");
            }
        }
    }

    private static Optional<String> fileName(PageAddress target, PageAddress page) {
        var folder = page.directory();
        if (target.query().isPresent() || !target.path().startsWith(folder)) {
            return Optional.empty();
        }
        // Names that are not UTF-8 cannot be written down. A `%` that encodes nothing stands for itself, as for
        // browsers.
        var segment = STRAY_PERCENT.matcher(target.path().substring(folder.length()));
        return PercentEncoding.decode(segment.replaceAll("%25")).filter(IndexPage::isName);
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.indexOf('/') < 0 && text.chars().noneMatch(Character::isISOControl);
    }

    private static String text(Bytes body, String contentType) {
        var start = body.slice(0, Math.min(PRESCAN, body.size())).toLatin1();
        var charset = charset(contentType).or(() -> charset(start)).orElse(StandardCharsets.UTF_8);
        return charset.decode(body.toBuffer()).toString();
    }

    private static Optional<Charset> charset(String text) {
        var match = CHARSET.matcher(text);
        return match.find() && Charset.isSupported(match.group(1))
                ? Optional.of(Charset.forName(match.group(1)))
                : Optional.empty();
    }
}

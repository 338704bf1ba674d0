package wirelab.scrapserver.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import wirelab.scrap.FileDetails.Entry;
import wirelab.scrap.FileDetails.Size;

/// What stands beside a link on an index page: the file's size and date, where the server writes them. Immutable.
///
/// ```
/// nginx, Apache without a table      <a href="50MB.zip">50MB.zip</a>      28-Apr-2023 08:59    52428800
/// Apache, lighttpd, Caddy, ours      a row of a table: a cell for the link, a cell for each of the others
/// ```
///
/// A number in an attribute counts before the text, which is often rounded.
///
/// @param texts the cells beside the link's, or what follows it up to the next link
/// @param numbers what attributes say of the size
/// @param dates what `<time datetime>` says
record ListingRow(List<String> texts, List<String> numbers, List<String> dates) {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(?:[.,](\\d{1,3}))? ?([kKMGTP]?)(i?)[Bb]?");
    private static final Pattern EXACT = Pattern.compile("(\\d{1,18})(?: (?:octets|bytes|B))?");
    private static final Pattern DATE =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}|\\d{4}-[A-Z][a-z]{2}-\\d{2}|\\d{2}-[A-Z][a-z]{2}-\\d{4})"
                    + "[ T](\\d{2}:\\d{2})(:\\d{2})?");
    private static final DateTimeFormatter DATES = new DateTimeFormatterBuilder()
            .appendOptional(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT))
            .appendOptional(DateTimeFormatter.ofPattern("uuuu-MMM-dd HH:mm:ss", Locale.ENGLISH))
            .appendOptional(DateTimeFormatter.ofPattern("dd-MMM-uuuu HH:mm:ss", Locale.ENGLISH))
            .toFormatter(Locale.ENGLISH);
    private static final String UNITS = "KMGTP";

    ListingRow {
        texts = List.copyOf(texts);
        numbers = List.copyOf(numbers);
        dates = List.copyOf(dates);
    }

    /// What stands beside `link`.
    static ListingRow beside(Element link) {
        var cell = link.closest("td, th");
        return cell == null ? inLine(link) : inTable(cell);
    }

    private static ListingRow inLine(Element link) {
        var text = new StringBuilder();
        for (var next = link.nextSibling(); next instanceof TextNode line; next = next.nextSibling()) {
            text.append(line.getWholeText());
        }
        // The size is the word after the date; a description may follow.
        var words = DATE.matcher(text).replaceFirst("").strip().split("\\s+", 2);
        return new ListingRow(List.of(text.toString(), words[0]), List.of(), List.of());
    }

    private static ListingRow inTable(Element linkCell) {
        var texts = new ArrayList<String>();
        var numbers = new ArrayList<String>();
        var dates = new ArrayList<String>();
        for (var cell = linkCell.nextElementSibling(); cell != null; cell = cell.nextElementSibling()) {
            texts.add(cell.text().strip());
            numbers.addAll(List.of(cell.attr("data-order"), cell.attr("title")));
            cell.select("data[value]").forEach(data -> numbers.add(data.attr("value")));
            cell.select("time[datetime]")
                    .forEach(time -> dates.add(time.attr("datetime").strip()));
        }
        return new ListingRow(texts, numbers, dates);
    }

    /// The whole entry.
    Entry of(String name) {
        return new Entry(name, size(), modified());
    }

    Optional<Size> size() {
        for (var number : numbers) {
            var exact = EXACT.matcher(number);
            if (exact.matches()) {
                return Optional.of(new Size(Long.parseLong(exact.group(1)), false));
            }
        }
        return texts.stream().map(ListingRow::written).flatMap(Optional::stream).findFirst();
    }

    /// As `52428800`, `50M` or `1.5 KiB`. All these servers count 1024 to the unit, but for who writes `kB`.
    private static Optional<Size> written(String text) {
        var size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        int unit = UNITS.indexOf(size.group(3).toUpperCase(Locale.ROOT));
        if (size.group(3).isEmpty()) {
            return size.group(2) == null
                    ? Optional.of(new Size(Long.parseLong(size.group(1)), false))
                    : Optional.empty();
        }
        double value = Double.parseDouble(size.group(1) + "." + (size.group(2) == null ? "0" : size.group(2)));
        double octets = value * Math.pow(size.group(3).equals("k") ? 1000 : 1024, unit + 1.0);
        return octets < 1e18 ? Optional.of(new Size(Math.round(octets), true)) : Optional.empty();
    }

    Optional<Instant> modified() {
        return Stream.concat(
                        dates.stream().map(ListingRow::parse), texts.stream().map(ListingRow::read))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(Instant.parse(date));
        } catch (DateTimeException e) {
            return Optional.empty(); // In a form that is not for machines: the text may do.
        }
    }

    private static Optional<Instant> read(String text) {
        var date = DATE.matcher(text);
        if (!date.find()) {
            return Optional.empty();
        }
        var seconds = date.group(3) == null ? ":00" : date.group(3);
        try {
            return Optional.of(LocalDateTime.parse(date.group(1) + " " + date.group(2) + seconds, DATES)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty(); // The 31st of February.
        }
    }
}

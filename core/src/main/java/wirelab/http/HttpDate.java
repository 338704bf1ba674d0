package wirelab.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dates in fields, to the second, always in GMT. Immutable.
///
/// ```
/// Sun, 06 Nov 1994 08:49:37 GMT    IMF-fixdate, the one that is written
/// Sunday, 06-Nov-94 08:49:37 GMT   RFC 850's, obsolete
/// Sun Nov  6 08:49:37 1994         asctime's, obsolete
/// ```
///
/// By hand, since `DateTimeFormatter` costs a daemon's start more than all the rest of HTTP.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 RFC 9110 section 5.6.7
public final class HttpDate {
    /// Octets of an IMF-fixdate, whatever the date.
    public static final int LENGTH = 29;

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private HttpDate() {}

    /// As an IMF-fixdate of [#LENGTH] characters.
    ///
    /// @throws IllegalArgumentException if the year does not have four digits
    public static String format(Instant instant) {
        var date = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        if (date.getYear() < 0 || date.getYear() > 9999) {
            throw new IllegalArgumentException("no HTTP date can say " + instant);
        }
        var out = new StringBuilder(LENGTH)
                .append(DAYS.get(date.getDayOfWeek().getValue() - 1))
                .append(", ");
        two(out, date.getDayOfMonth()).append(' ');
        out.append(MONTHS.get(date.getMonthValue() - 1)).append(' ');
        two(out, date.getYear() / 100);
        two(out, date.getYear() % 100).append(' ');
        two(out, date.getHour()).append(':');
        two(out, date.getMinute()).append(':');
        two(out, date.getSecond()).append(" GMT");
        return out.toString();
    }

    /// Reads any of the three forms.
    ///
    /// @param now tells the century of a year of two digits: one that would be more than 50 years ahead is past
    /// @return empty if it is none, and the field is to be ignored
    public static Optional<Instant> parse(String text, Instant now) {
        for (var form : List.of(Forms.IMF, Forms.RFC_850, Forms.ASCTIME)) {
            var match = form.matcher(text);
            if (match.matches()) {
                return instant(match, form.equals(Forms.RFC_850) ? Optional.of(now) : Optional.empty());
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> instant(Matcher match, Optional<Instant> now) {
        int year = number(match, "year");
        try {
            return Optional.of(at(match, now.map(today -> century(year, today)).orElse(year)));
        } catch (DateTimeException e) {
            return Optional.empty(); // As 31 Feb, or 24:00:00.
        }
    }

    private static int century(int twoDigits, Instant now) {
        int thisYear = now.atOffset(ZoneOffset.UTC).getYear();
        int year = thisYear - thisYear % 100 + twoDigits;
        return year > thisYear + 50 ? year - 100 : year;
    }

    private static Instant at(Matcher match, int year) {
        // A leap second, 60, has no place on Java's time line: it counts as the one before.
        int second = number(match, "second");
        return LocalDateTime.of(
                        year,
                        MONTHS.indexOf(match.group("month")) + 1,
                        number(match, "day"),
                        number(match, "hour"),
                        number(match, "minute"),
                        second == 60 ? 59 : second)
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(Matcher match, String group) {
        return Integer.parseInt(match.group(group).strip());
    }

    private static StringBuilder two(StringBuilder out, int number) {
        return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /// The patterns, which those who only write dates never load.
    private static final class Forms {
        private static final String MONTH = "(?<month>" + String.join("|", MONTHS) + ")";
        private static final String TIME = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";
        private static final String DAY_NAME = "(?:" + String.join("|", DAYS) + ")";
        private static final String LONG_DAY_NAME = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";

        private static final Pattern IMF =
                Pattern.compile(DAY_NAME + ", (?<day>\\d\\d) " + MONTH + " (?<year>\\d{4}) " + TIME + " GMT");
        private static final Pattern RFC_850 =
                Pattern.compile(LONG_DAY_NAME + ", (?<day>\\d\\d)-" + MONTH + "-(?<year>\\d\\d) " + TIME + " GMT");
        private static final Pattern ASCTIME =
                Pattern.compile(DAY_NAME + " " + MONTH + " (?<day>[ \\d]\\d) " + TIME + " (?<year>\\d{4})");

        private Forms() {}
    }
}

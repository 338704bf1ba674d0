package wirelab.httpserver.engine;

import java.util.regex.Pattern;

/// A member of a list of preferences, as `gzip;q=0.5`. Immutable.
///
/// @param value without parameters
/// @param weight in thousandths; a weight that is none counts as 0
///
/// @spec https://www.rfc-editor.org/rfc/rfc9110#section-12.4.2 RFC 9110 section 12.4.2
record Weighted(String value, int weight) {
    private static final int WHOLE = 1000;
    private static final Pattern FORM = Pattern.compile("0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?");

    static Weighted of(String member) {
        var parts = member.split(";", -1);
        int weight = WHOLE;
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
                var number = parameter.substring(2);
                weight = FORM.matcher(number).matches() ? (int) Math.round(Double.parseDouble(number) * WHOLE) : 0;
            }
        }
        return new Weighted(parts[0].strip(), weight);
    }
}

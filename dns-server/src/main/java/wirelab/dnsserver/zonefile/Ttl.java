package wirelab.dnsserver.zonefile;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Seconds, as zone files write them: `3600`, or `1h30m` as BIND takes it too. Immutable: it holds nothing.
final class Ttl {
    private static final Pattern FORM = Pattern.compile("\\d{1,10}|(\\d{1,10}[wdhms])+", Pattern.CASE_INSENSITIVE);
    private static final Pattern PART = Pattern.compile("(\\d+)([wdhms]?)");

    /// RFC 2181 section 8.
    private static final long MAX = 0x7fff_ffffL;

    private Ttl() {}

    /// Empty if `token` is no TTL, or one over 2³¹ − 1.
    static OptionalLong parse(Token token) {
        if (token.quoted() || !FORM.matcher(token.text()).matches()) {
            return OptionalLong.empty();
        }
        long sum = 0;
        for (var part = PART.matcher(token.text().toLowerCase(Locale.ROOT)); part.find(); ) {
            sum += Long.parseLong(part.group(1)) * unit(part.group(2));
            if (sum > MAX) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(sum);
    }

    private static long unit(String letter) {
        return switch (letter) {
            case "w" -> 604_800;
            case "d" -> 86_400;
            case "h" -> 3600;
            case "m" -> 60;
            default -> 1;
        };
    }
}

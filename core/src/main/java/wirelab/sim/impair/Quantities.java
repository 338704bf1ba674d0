package wirelab.sim.impair;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times, rates and shares with their units, as tc takes them. A number without its unit is refused: tc, ping and a
/// reader each take it for something else.
final class Quantities {
    /// Longer than any path that carries a conversation.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final BigDecimal FASTEST = BigDecimal.TEN.pow(11);
    private static final String NUMBER = "(\\d{1,12}(?:\\.\\d{1,9})?)";
    private static final Pattern TIME = Pattern.compile(NUMBER + "(us|ms|s)");
    private static final Pattern RATE = Pattern.compile(NUMBER + "(bit|kbit|mbit|gbit)");
    private static final Pattern SHARE = Pattern.compile(NUMBER + "%");

    private Quantities() {}

    /// As `20ms`; up to a minute.
    static Duration time(String text) {
        var match = matched(TIME, text, "a time like 20ms, 2s or 500us");
        var nanos = new BigDecimal(match.group(1))
                .multiply(BigDecimal.valueOf(
                        switch (match.group(2)) {
                            case "us" -> 1_000;
                            case "ms" -> 1_000_000;
                            default -> 1_000_000_000;
                        }));
        if (nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) > 0) {
            throw new IllegalArgumentException("'" + text + "' is too long: at most " + text(LONGEST));
        }
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /// As `10mbit`, in bits a second; thousands, not 1024s.
    static long rate(String text) {
        var match = matched(RATE, text, "a rate like 10mbit, 500kbit or 1gbit");
        var bits = new BigDecimal(match.group(1))
                .multiply(BigDecimal.valueOf(
                        switch (match.group(2)) {
                            case "kbit" -> 1_000;
                            case "mbit" -> 1_000_000;
                            case "gbit" -> 1_000_000_000;
                            default -> 1;
                        }))
                .setScale(0, RoundingMode.DOWN);
        if (bits.signum() == 0 || bits.compareTo(FASTEST) > 0) {
            throw new IllegalArgumentException("'" + text + "' is not between 1bit and 100gbit");
        }
        return bits.longValueExact();
    }

    /// As `0.1%`: 0 to 1.
    static double share(String text) {
        var match = matched(SHARE, text, "a share like 5% or 0.1%");
        double share = new BigDecimal(match.group(1)).movePointLeft(2).doubleValue();
        if (share > 1) {
            throw new IllegalArgumentException("'" + text + "' is more than 100%");
        }
        return share;
    }

    private static Matcher matched(Pattern pattern, String text, String form) {
        var match = pattern.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not " + form);
        }
        return match;
    }

    static String text(Duration time) {
        long nanos = time.toNanos();
        if (nanos % 1_000_000_000 == 0) {
            return time.toSeconds() + "s";
        }
        return nanos % 1_000_000 == 0 ? time.toMillis() + "ms" : plain(BigDecimal.valueOf(nanos, 3)) + "us";
    }

    static String rateText(long bitsPerSecond) {
        if (bitsPerSecond % 1_000 != 0) {
            return bitsPerSecond + "bit";
        }
        return bitsPerSecond % 1_000_000 == 0 ? bitsPerSecond / 1_000_000 + "mbit" : bitsPerSecond / 1_000 + "kbit";
    }

    static String text(double share) {
        return plain(BigDecimal.valueOf(share).movePointRight(2)) + "%";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}

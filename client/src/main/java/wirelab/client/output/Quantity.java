package wirelab.client.output;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/// Numbers with their units, in the same form everywhere and in every locale.
public final class Quantity {
    private static final double MEGA = 1_000_000;

    private Quantity() {}

    /// Milliseconds to the microsecond, as `0.132` or `1204.500`.
    public static String millis(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 6)
                .setScale(3, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /// As `52,428,800`.
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// As `52.4 MB`; a megabyte is a million octets.
    public static String size(long octets) {
        if (octets < 1000) {
            return octets + " B";
        }
        return octets < MEGA
                ? String.format(Locale.ROOT, "%.1f kB", octets / 1000.0)
                : String.format(Locale.ROOT, "%.1f MB", octets / MEGA);
    }

    /// Octets a second, as `302 MB/s`.
    public static String rate(long octets, Duration time) {
        double seconds = Math.max(time.toNanos(), 1) / 1e9;
        double rate = octets / seconds;
        if (rate >= 100 * MEGA) {
            return String.format(Locale.ROOT, "%.0f MB/s", rate / MEGA);
        }
        return rate >= MEGA
                ? String.format(Locale.ROOT, "%.1f MB/s", rate / MEGA)
                : String.format(Locale.ROOT, "%.1f kB/s", rate / 1000);
    }

    /// Bits a second in millions, as `94.31` or `0.004`: without a unit, for a column that names it.
    public static String megabits(double bitsPerSecond) {
        double rate = bitsPerSecond / MEGA;
        return String.format(Locale.ROOT, rate >= 10 ? "%,.1f" : rate >= 1 ? "%.2f" : "%.3f", rate);
    }

    /// A lease's length in the largest unit that it is whole in, as `1h`, `90s`.
    public static String duration(Duration time) {
        long seconds = time.toSeconds();
        if (seconds >= 0xffff_ffffL) {
            return "ever"; // RFC 2131 section 3.3: all bits set means infinity.
        }
        if (seconds > 0 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}

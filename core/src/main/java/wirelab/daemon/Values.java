package wirelab.daemon;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;
import wirelab.rudp.congestion.Congestion;
import wirelab.sim.impair.ImpairmentRule;
import wirelab.sim.impair.LinkSettings;

/// The values that options of the suite take, read from their text. No names are resolved: an address is a literal.
final class Values {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");

    private Values() {}

    static Inet4Address ipv4(String text) {
        // ofLiteral also takes the old forms 10.1 and 0x0a000001, which nobody means.
        if (!text.matches("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")) {
            throw notAn(text, "IPv4 address like 10.20.30.40");
        }
        try {
            return Inet4Address.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw notAn(text, "IPv4 address like 10.20.30.40");
        }
    }

    static InetSocketAddress socketAddress(String text) {
        int colon = text.lastIndexOf(':');
        var form = "ADDRESS:PORT like 127.0.0.1:53";
        if (colon < 0 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw notAn(text, form);
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > 65535) {
            throw notAn(text, form + " (a port is at most 65535)");
        }
        return new InetSocketAddress(ipv4(text.substring(0, colon)), port);
    }

    static Duration duration(String text) {
        var match = DURATION.matcher(text);
        if (!match.matches()) {
            throw notAn(text, "duration like 500ms, 30s, 5m, 1h or 1d (a bare number means seconds)");
        }
        long count = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            case null, default -> Duration.ofSeconds(count);
        };
    }

    static LinkSettings impairment(String text) {
        return said(LinkSettings::parse, text);
    }

    static ImpairmentRule impairmentRule(String text) {
        return said(ImpairmentRule::parse, text);
    }

    static Congestion congestion(String text) {
        return said(Congestion::named, text);
    }

    /// For readers that know no command line, and say all in their exception's message.
    private static <T> T said(Function<String, T> reader, String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    private static TypeConversionException notAn(String text, String form) {
        return new TypeConversionException("'" + text + "' is not an " + form);
    }
}

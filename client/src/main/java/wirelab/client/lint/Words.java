package wirelab.client.lint;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import wirelab.client.capture.Application.HttpRequest;
import wirelab.client.capture.Application.HttpResponse;
import wirelab.client.capture.Application.ScrapReply;
import wirelab.client.capture.Application.ScrapRequest;
import wirelab.client.capture.Content.Dhcp;
import wirelab.client.capture.Content.Dns;
import wirelab.client.capture.Content.RudpMessage;
import wirelab.client.capture.Content.TcpSegment;
import wirelab.client.capture.Frame;

/// The words in which people and frames speak of messages. Immutable.
final class Words {
    private static final Pattern RUDP =
            Pattern.compile("\\b(SIGN(?:EW|ACK|ECHO|STAT|GET|LOST|FULL|END)|ACKGET|ECHOREPLY|STATREPLY)\\b");
    private static final Pattern DHCP =
            Pattern.compile("(?i)\\bDHCP[ -]?(DISCOVER|OFFER|REQUEST|DECLINE|ACK|NAK|RELEASE|INFORM)\\b");
    private static final Pattern FLAGS =
            Pattern.compile("\\[((?:SYN|ACK|FIN|PSH|RST)(?:\\s*,\\s*(?:SYN|ACK|FIN|PSH|RST))*)]");
    private static final List<String> FLAG_NAMES = List.of("FIN", "SYN", "RST", "PSH", "ACK");

    private Words() {}

    /// The messages that a text names, as `SIGNECHO` or `DHCP OFFER`.
    static List<String> messages(String text) {
        var dhcp = DHCP.matcher(text)
                .results()
                .map(found -> "DHCP " + found.group(1).toUpperCase(Locale.ROOT));
        var rudp = RUDP.matcher(text).results().map(MatchResult::group);
        return Stream.concat(dhcp, rudp).distinct().toList();
    }

    /// The sets of flags that a text names, as `PSH, ACK`.
    static List<String> flags(String text) {
        return FLAGS.matcher(text)
                .results()
                .map(found -> flags(FLAG_NAMES.stream()
                        .filter(flag ->
                                List.of(found.group(1).split("\\s*,\\s*")).contains(flag))
                        .toList()))
                .toList();
    }

    /// The flags of a segment in the same words.
    static String flags(TcpSegment segment) {
        return flags(FLAG_NAMES.stream()
                .filter(flag -> (segment.flags() & 1 << FLAG_NAMES.indexOf(flag)) != 0)
                .toList());
    }

    private static String flags(List<String> names) {
        return String.join(", ", names);
    }

    /// The message that a frame is, in the words of [#messages].
    static Optional<String> message(Frame frame) {
        return switch (frame.content()) {
            case Dhcp dhcp -> Optional.of("DHCP " + dhcp.name());
            case RudpMessage message -> Optional.of(message.type());
            default -> Optional.empty();
        };
    }

    /// What a frame is, for who has not seen it.
    static String of(Frame frame) {
        var what = switch (frame.content()) {
            case Dhcp dhcp -> "DHCP " + dhcp.name();
            case RudpMessage message -> message.type();
            case Dns dns -> dns.response() ? "a DNS answer" : "a DNS query for " + dns.name();
            case TcpSegment segment ->
                switch (segment.application()) {
                    case HttpRequest request -> request.method() + " " + request.target();
                    case HttpResponse response -> "the HTTP answer " + response.status();
                    case ScrapRequest _ -> "the request for the list";
                    case ScrapReply _ -> "the scrap server's list";
                    default -> "[" + flags(segment) + "] with " + frame.payload() + " octets";
                };
            default -> frame.content().protocol();
        };
        return what + " from " + frame.source().address();
    }

    /// Whether somebody who explains a capture has to say something of this frame; what only carries more of the same,
    /// or
    /// acknowledges, need not be named.
    static boolean matters(Frame frame) {
        return switch (frame.content()) {
            case TcpSegment segment ->
                segment.syn()
                        || segment.fin()
                        || segment.rst()
                        || !segment.application().protocol().equals("TCP");
            case Dhcp _, Dns _, RudpMessage _ -> true;
            default -> false;
        };
    }
}

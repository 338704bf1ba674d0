package wirelab.sim.impair;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import wirelab.sim.Deed;

/// Something that is done to packets of one type, whatever chance says. Immutable.
///
/// ```
/// rule = verb [ "every" ] [ ordinal ] TYPE [ "in" / "out" ] [ time ]
/// verb = "drop" / "delay" / "duplicate" / "corrupt"          ; delay needs a time, the others have none
/// ```
///
/// `drop 2nd SIGNGET`, `delay ACKGET 3s`, `duplicate every SIGNECHO`, `corrupt every 10th DATA out`. Without an ordinal
/// it is every one.
///
/// @param deed one of those that have a verb above
/// @param turn which packet of that type
/// @param direction the one way that it is for; both without
/// @param delay for [Deed#DELAY]; zero for the others
public record ImpairmentRule(Deed deed, Turn turn, String type, Optional<Direction> direction, Duration delay) {
    private static final String FORMS =
            "write 'drop 2nd SIGNGET', 'delay ACKGET 3s', 'duplicate every SIGNECHO' or 'corrupt every 10th DATA out'";
    private static final Pattern ORDINAL = Pattern.compile("([1-9]\\d{0,8})([a-z]{2})");

    /// Which packets of a type: one, or each so many. Immutable.
    ///
    /// @param number from 1
    /// @param every whether its multiples count too
    public record Turn(long number, boolean every) {
        public Turn {
            if (number < 1) {
                throw new IllegalArgumentException("packets are counted from 1");
            }
        }

        boolean hits(long count) {
            return every ? count % number == 0 : count == number;
        }

        @Override
        public String toString() {
            if (!every) {
                return number + suffix(number);
            }
            return number == 1 ? "every" : "every " + number + suffix(number);
        }
    }

    public ImpairmentRule {
        if (deed == Deed.OVERFLOW || deed == Deed.REORDER) {
            throw new IllegalArgumentException("no rule can " + deed.verb());
        }
        if (delay.isPositive() != (deed == Deed.DELAY)) {
            throw new IllegalArgumentException("a rule that delays has a time, and no other has");
        }
    }

    /// Reads a rule. Whether there is a packet of that type, its [PacketNaming] knows.
    ///
    /// @throws IllegalArgumentException that says what is wrong and how it should be
    public static ImpairmentRule parse(String text) {
        Queue<String> words = new ArrayDeque<>(Arrays.stream(text.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList());
        var deed = deed(text, words);
        var turn = turn(text, words);
        var type = words.poll();
        if (type == null || !type.matches("[A-Za-z]+")) {
            throw malformed(text, (type == null ? "it" : "'" + type + "'") + " names no type of packet");
        }
        var direction = Arrays.stream(Direction.values())
                .filter(one -> one.word().equals(words.peek()))
                .findFirst();
        direction.ifPresent(_ -> words.remove());
        var delay = delay(text, deed, words);
        if (!words.isEmpty()) {
            throw malformed(text, "'" + words.element() + "' is too much");
        }
        return new ImpairmentRule(deed, turn, type.toUpperCase(Locale.ROOT), direction, delay);
    }

    private static Deed deed(String text, Queue<String> words) {
        var verb = words.poll();
        return Stream.of(Deed.DROP, Deed.DELAY, Deed.DUPLICATE, Deed.CORRUPT)
                .filter(deed -> deed.verb().equals(verb))
                .findFirst()
                .orElseThrow(() -> malformed(
                        text,
                        "it begins with drop, delay, duplicate or corrupt"
                                + (verb == null ? "" : ", not '" + verb + "'")));
    }

    private static Turn turn(String text, Queue<String> words) {
        boolean every = "every".equals(words.peek());
        if (every) {
            words.remove();
        }
        var next = words.peek();
        if (next == null || !Character.isDigit(next.charAt(0))) {
            return new Turn(1, true);
        }
        var match = ORDINAL.matcher(words.remove());
        if (!match.matches()) {
            throw malformed(text, "'" + next + "' is not 1st, 2nd, 3rd and so on");
        }
        long number = Long.parseLong(match.group(1));
        if (!suffix(number).equals(match.group(2))) {
            throw malformed(text, "'" + next + "' is not " + number + suffix(number));
        }
        return new Turn(number, every);
    }

    private static Duration delay(String text, Deed deed, Queue<String> words) {
        if (deed != Deed.DELAY) {
            return Duration.ZERO;
        }
        var time = words.poll();
        if (time == null) {
            throw malformed(text, "it does not say for how long");
        }
        Duration delay;
        try {
            delay = Quantities.time(time);
        } catch (IllegalArgumentException e) {
            throw malformed(text, String.valueOf(e.getMessage()));
        }
        if (!delay.isPositive()) {
            throw malformed(text, "a delay is longer than '" + time + "'");
        }
        return delay;
    }

    private static String suffix(long number) {
        boolean teen = number / 10 % 10 == 1;
        return switch (teen ? 0 : (int) (number % 10)) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }

    private static IllegalArgumentException malformed(String text, String why) {
        return new IllegalArgumentException("'" + text + "': " + why + "; " + FORMS);
    }

    /// In the form that [#parse] reads.
    @Override
    public String toString() {
        return Stream.of(
                        deed.verb(),
                        turn.toString(),
                        type,
                        direction.map(Direction::word).orElse(""),
                        deed == Deed.DELAY ? Quantities.text(delay) : "")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }
}

package wirelab.sim.impair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import wirelab.sim.Bottleneck;
import wirelab.sim.Impairment;

/// What `--impair` says of a direction: words with values, between commas. Immutable.
///
/// ```
/// loss=5%,delay=20ms,jitter=5ms,reorder=1%,hold=10ms,duplicate=1%,corrupt=0.1%,rate=10mbit,queue=256,seed=1
/// ```
///
/// @param seed where the random numbers begin, if that is said
public record LinkSettings(Impairment impairment, Bottleneck bottleneck, OptionalLong seed) {
    /// A perfect link.
    public static final LinkSettings NONE = new LinkSettings(Impairment.NONE, Bottleneck.NONE, OptionalLong.empty());

    private static final String WORDS =
            "loss, delay, jitter, reorder, hold, duplicate, corrupt, rate, queue and seed, as loss=5%,delay=20ms";
    private static final int USUAL_QUEUE = 256;
    private static final int LONGEST_QUEUE = 65_536;
    private static final Duration SHORTEST_HOLD = Duration.ofMillis(10);

    /// Reads the words, in any order.
    ///
    /// @throws IllegalArgumentException that says what is wrong and how it should be
    public static LinkSettings parse(String text) {
        var values = values(text);
        var delay = take(values, "delay", Quantities::time, Duration.ZERO);
        var jitter = take(values, "jitter", Quantities::time, Duration.ZERO);
        var reorder = take(values, "reorder", Quantities::share, 0.0);
        requires(values, "hold", reorder > 0, "reorder=1%");
        var usualHold = delay.compareTo(SHORTEST_HOLD) > 0 ? delay : SHORTEST_HOLD;
        var hold = take(values, "hold", Quantities::time, reorder > 0 ? usualHold : Duration.ZERO);
        var impairment = Impairment.NONE
                .withLatency(delay, jitter)
                .withLoss(take(values, "loss", Quantities::share, 0.0))
                .withDuplication(take(values, "duplicate", Quantities::share, 0.0))
                .withReordering(reorder, hold)
                .withCorruption(take(values, "corrupt", Quantities::share, 0.0));
        long rate = take(values, "rate", Quantities::rate, 0L);
        requires(values, "queue", rate > 0, "rate=10mbit");
        int queue = take(values, "queue", LinkSettings::queue, USUAL_QUEUE);
        var seed = take(values, "seed", LinkSettings::seed, OptionalLong.empty());
        values.keySet().stream().findFirst().ifPresent(word -> {
            throw new IllegalArgumentException("'" + word + "' is not a word of it: there are " + WORDS);
        });
        return new LinkSettings(impairment, rate == 0 ? Bottleneck.NONE : new Bottleneck(rate, queue), seed);
    }

    private static Map<String, String> values(String text) {
        var values = new LinkedHashMap<String, String>();
        for (var part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        (part.isBlank() ? "a word is missing" : "'" + part.strip() + "' has no value")
                                + ": write words like loss=5%,delay=20ms between commas");
            }
            var word = part.substring(0, equals).strip();
            if (values.put(word, part.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException(word + " is there twice: keep one");
            }
        }
        return values;
    }

    private static <T> T take(Map<String, String> values, String word, Function<String, T> reader, T otherwise) {
        var value = values.remove(word);
        if (value == null) {
            return otherwise;
        }
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(word + ": " + e.getMessage(), e);
        }
    }

    private static void requires(Map<String, String> values, String word, boolean has, String other) {
        if (values.containsKey(word) && !has) {
            throw new IllegalArgumentException(word + " does nothing without " + other + ": add that, or leave it out");
        }
    }

    private static int queue(String text) {
        int queue = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (queue < 1 || queue > LONGEST_QUEUE) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a number of packets from 1 to " + LONGEST_QUEUE + ", like 256");
        }
        return queue;
    }

    private static OptionalLong seed(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number of up to 18 digits, like 1");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    LinkSettings withSeed(long number) {
        return new LinkSettings(impairment, bottleneck, OptionalLong.of(number));
    }

    /// Whether it lets everything through as it is.
    public boolean isNone() {
        return impairment.equals(Impairment.NONE) && bottleneck.isNone();
    }

    /// In the form that [#parse] reads.
    @Override
    public String toString() {
        var words = new ArrayList<String>();
        var none = Impairment.NONE;
        say(words, "loss", impairment.loss(), none.loss(), Quantities::text);
        say(words, "delay", impairment.latency(), none.latency(), Quantities::text);
        say(words, "jitter", impairment.jitter(), none.jitter(), Quantities::text);
        say(words, "reorder", impairment.reordering(), none.reordering(), Quantities::text);
        say(words, "hold", impairment.holdBack(), none.holdBack(), Quantities::text);
        say(words, "duplicate", impairment.duplication(), none.duplication(), Quantities::text);
        say(words, "corrupt", impairment.corruption(), none.corruption(), Quantities::text);
        if (!bottleneck.isNone()) {
            words.add("rate=" + Quantities.rateText(bottleneck.bitsPerSecond()));
            words.add("queue=" + bottleneck.queue());
        }
        seed.ifPresent(number -> words.add("seed=" + number));
        return String.join(",", words);
    }

    private static <T> void say(ArrayList<String> words, String word, T value, T none, Function<T, String> text) {
        if (!value.equals(none)) {
            words.add(word + "=" + text.apply(value));
        }
    }
}

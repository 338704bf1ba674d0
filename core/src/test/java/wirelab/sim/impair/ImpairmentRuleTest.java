package wirelab.sim.impair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.sim.Deed;
import wirelab.sim.impair.ImpairmentRule.Turn;

class ImpairmentRuleTest {
    @Test
    void aRuleSaysWhatWithWhichAndWhereAndForHowLong() {
        assertThat(ImpairmentRule.parse("drop 2nd SIGNGET"))
                .isEqualTo(rule(Deed.DROP, 2, false, "SIGNGET", Optional.empty(), 0));
        assertThat(ImpairmentRule.parse("delay ACKGET 3s"))
                .isEqualTo(rule(Deed.DELAY, 1, true, "ACKGET", Optional.empty(), 3000));
        assertThat(ImpairmentRule.parse("duplicate every SIGNECHO"))
                .isEqualTo(rule(Deed.DUPLICATE, 1, true, "SIGNECHO", Optional.empty(), 0));
        assertThat(ImpairmentRule.parse("corrupt 3rd DATA"))
                .isEqualTo(rule(Deed.CORRUPT, 3, false, "DATA", Optional.empty(), 0));
        assertThat(ImpairmentRule.parse("  delay every 10th data  out 1.5ms "))
                .isEqualTo(new ImpairmentRule(
                        Deed.DELAY,
                        new Turn(10, true),
                        "DATA",
                        Optional.of(Direction.OUT),
                        Duration.ofNanos(1_500_000)));
    }

    private static ImpairmentRule rule(
            Deed deed, long number, boolean every, String type, Optional<Direction> direction, long millis) {
        return new ImpairmentRule(deed, new Turn(number, every), type, direction, Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "drop 1st SIGNGET",
        "drop 2nd SIGNGET in",
        "corrupt 3rd DATA",
        "drop 11th DATA",
        "drop 112th DATA",
        "drop 121st DATA",
        "delay every ACKGET out 3s",
        "duplicate every 22nd SIGNECHO"
    })
    void whatIsPrintedIsReadBack(String text) {
        assertThat(ImpairmentRule.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | it begins with drop, delay, duplicate or corrupt",
                "lose SIGNGET | it begins with drop, delay, duplicate or corrupt, not 'lose'",
                "overflow SIGNGET | it begins with drop, delay, duplicate or corrupt, not 'overflow'",
                "drop | it names no type of packet",
                "drop 2nd | it names no type of packet",
                "drop every 2nd SIGN-GET | 'SIGN-GET' names no type of packet",
                "drop 2th SIGNGET | '2th' is not 2nd",
                "drop 11st SIGNGET | '11st' is not 11th",
                "drop 2 SIGNGET | '2' is not 1st, 2nd, 3rd and so on",
                "drop 0th SIGNGET | '0th' is not 1st, 2nd, 3rd and so on",
                "drop SIGNGET up | 'up' is too much",
                "drop SIGNGET 3s | '3s' is too much",
                "delay SIGNGET | it does not say for how long",
                "delay SIGNGET 3 | '3' is not a time like 20ms, 2s or 500us",
                "delay SIGNGET 0s | a delay is longer than '0s'",
                "delay SIGNGET 3s in | 'in' is too much",
            })
    void aWrongWordIsNamedWithItsMend(String text, String why) {
        assertThatThrownBy(() -> ImpairmentRule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "': " + why + "; write 'drop 2nd SIGNGET', 'delay ACKGET 3s', 'duplicate every"
                        + " SIGNECHO' or 'corrupt every 10th DATA out'");
    }

    @Test
    void aRuleCountsThePacketsOfItsTypeInItsDirection() {
        var rules = List.of(
                ImpairmentRule.parse("drop 2nd SIGNGET"),
                ImpairmentRule.parse("corrupt every 3rd SIGNGET"),
                ImpairmentRule.parse("duplicate SIGNGET out"));
        var in = new Rulebook(rules, Direction.IN);
        assertThat(IntStream.rangeClosed(1, 6)
                        .mapToObj(_ -> {
                            assertThat(in.strike("SIGNECHO")).isEmpty();
                            return in.strike("SIGNGET").stream()
                                    .map(ImpairmentRule::deed)
                                    .toList();
                        })
                        .toList())
                .containsExactly(
                        List.of(),
                        List.of(Deed.DROP),
                        List.of(Deed.CORRUPT),
                        List.of(),
                        List.of(),
                        List.of(Deed.CORRUPT));
        var out = new Rulebook(rules, Direction.OUT);
        assertThat(out.strike("SIGNGET")).extracting(ImpairmentRule::deed).containsExactly(Deed.DUPLICATE);
        assertThat(out.strike("SIGNGET"))
                .as("a drop comes alone")
                .extracting(ImpairmentRule::deed)
                .containsExactly(Deed.DROP);
    }
}

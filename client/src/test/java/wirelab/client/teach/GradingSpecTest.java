package wirelab.client.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import wirelab.client.capture.Tap;
import wirelab.client.capture.Tap.Hit;
import wirelab.client.teach.Check.Outcome;

class GradingSpecTest {
    @Test
    void framesAreCounted() throws BadSpecException {
        var spec = spec("""
                  - name: one or more
                    filter: dns
                  - name: none
                    filter: icmp
                    frames: 0
                  - name: two to five
                    filter: tcp
                    frames: 2..5
                    points: 3
                """);
        var judged = spec.judge(List.of(hits(4), hits(9), hits(1, 2, 3)));
        assertThat(judged).extracting(Outcome::passed).containsExactly(true, false, true);
        assertThat(judged).extracting(Outcome::points).containsExactly(1, 0, 3);
        assertThat(judged.get(1).why()).isEqualTo("1 frames of 'icmp', wanted: none");
        assertThat(spec.points()).isEqualTo(5);
    }

    @Test
    void anOrderTakesTheFirstFrameBehindTheOneBefore() throws BadSpecException {
        var spec = spec("""
                  - name: in order
                    order: [a, b, c]
                """);
        assertThat(spec.judge(List.of(hits(3), hits(1, 5), hits(4, 6))).getFirst())
                .isEqualTo(new Outcome(spec.checks().getFirst(), true, List.of(3, 5, 6), "in this order"));
        var missed = spec.judge(List.of(hits(3), hits(1, 2), hits(4))).getFirst();
        assertThat(missed.passed()).isFalse();
        assertThat(missed.why()).isEqualTo("behind frame 3 there is no 'b'");
    }

    @Test
    void valuesAreComparedAsTextAsNumbersOrWithEachOther() throws BadSpecException {
        var spec = spec("""
                  - {name: text, field: f, values: 10.20.30.51}
                  - {name: bound, filter: g, field: f, values: ..0.5}
                  - {name: bounds, field: f, values: 1..2.5}
                  - {name: same, field: f, values: same}
                  - {name: different, field: f, values: different}
                """);
        assertThat(spec.taps())
                .containsExactly(
                        Tap.of("f", "f"), Tap.of("g", "f"), Tap.of("f", "f"), Tap.of("f", "f"), Tap.of("f", "f"));
        assertThat(spec.judge(List.of(
                        valued("10.20.30.51"),
                        valued("0.5", "0.1"),
                        valued("1", "2.5"),
                        valued("7", "7"),
                        valued("7", "8"))))
                .allMatch(Outcome::passed);
        assertThat(spec.judge(List.of(
                        valued("10.20.30.52"),
                        valued("0.5", "0.51"),
                        valued("0.9"),
                        valued("7", "8"),
                        valued("7", "7"))))
                .noneMatch(Outcome::passed);
        assertThat(spec.judge(List.of(
                        valued("10.20.30.51", "x"),
                        valued("fast"),
                        List.of(),
                        List.of(),
                        List.of(new Hit(1, List.of())))))
                .noneMatch(Outcome::passed);
    }

    @Test
    void aStudentsFactsStandInFiltersAndValues() throws BadSpecException {
        var spec = spec("""
                  - {name: a, filter: "ip.addr == @lease@ && tcp.port in {80, 443}"}
                  - {name: b, field: f, values: "@name@"}
                """);
        assertThat(spec.namesFacts()).isTrue();
        var own = spec.with(Map.of("lease", "10.20.30.77", "name", "a$1.example"));
        assertThat(own.namesFacts()).isFalse();
        assertThat(own.taps().getFirst().filter()).isEqualTo("ip.addr == 10.20.30.77 && tcp.port in {80, 443}");
        assertThat(own.judge(List.of(hits(1), valued("a$1.example")))).allMatch(Outcome::passed);
        assertThatThrownBy(() -> spec.with(Map.of("lease", "10.20.30.77")))
                .hasMessage("there is no fact @name@; there are lease");
    }

    @Test
    void aTapIsOfTheCheckThatAsked() throws BadSpecException {
        var spec = spec("""
                  - {name: first, filter: a}
                  - {name: second, order: [b, c, d]}
                  - {name: third, filter: e}
                """);
        assertThat(List.of(0, 1, 2, 3, 4))
                .extracting(tap -> spec.checkOf(tap).about().name())
                .containsExactly("first", "second", "second", "second", "third");
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() {
        assertThat(fault("  - {name: a, filtr: dns}\n"))
                .isEqualTo("lab.yaml:3: 'filtr' is not known here; known are filter, frames, hint, name, points");
        assertThat(fault("  - {filter: dns}\n")).isEqualTo("lab.yaml:3: 'name' is missing");
        assertThat(fault("  - name: a\n    filter: dns\n    frames: many\n"))
                .isEqualTo("lab.yaml:3: 'many' is no number of frames: 3, 1.., ..2 or 2..5");
        assertThat(fault("  - name: a\n    name: b\n")).startsWith("lab.yaml:4: 'name' is there twice");
        assertThat(fault("  - {name: a, order: [one]}\n")).isEqualTo("lab.yaml:3: an order has two filters or more");
        assertThat(fault("  - {name: a, field: f}\n")).isEqualTo("lab.yaml:3: 'values' is missing");
        assertThat(fault("  - {name: a, filter: dns, points: -1}\n"))
                .isEqualTo("lab.yaml:3: points '-1': a whole number up to 9999");
        assertThat(fault("  - one\n")).isEqualTo("lab.yaml:3: 'key: value' lines are wanted here");
        assertThat(fault("  - [\n")).startsWith("lab.yaml: no YAML: ");
    }

    @Test
    void anEmptySpecIsRefused() {
        assertThatThrownBy(() -> SpecReader.spec("lab.yaml", "")).hasMessage("lab.yaml: it is empty");
        assertThatThrownBy(() -> SpecReader.spec("lab.yaml", "title: a\nchecks: []\n"))
                .hasMessage("lab.yaml:1: there are no checks");
    }

    private static GradingSpec spec(String checks) throws BadSpecException {
        return SpecReader.spec("lab.yaml", "title: Lab\nchecks:\n" + checks);
    }

    private static String fault(String checks) {
        try {
            return "no fault in " + spec(checks);
        } catch (BadSpecException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static List<Hit> hits(int... frames) {
        return Arrays.stream(frames)
                .mapToObj(frame -> new Hit(frame, List.of()))
                .toList();
    }

    private static List<Hit> valued(String... values) {
        return Arrays.stream(values).map(value -> new Hit(1, List.of(value))).toList();
    }
}

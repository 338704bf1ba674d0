package wirelab.client.teach;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import wirelab.client.capture.Tap;
import wirelab.client.capture.Tap.Hit;
import wirelab.client.teach.Check.Outcome;

/// What a capture must show, and what each thing is worth. Immutable.
public record GradingSpec(String title, List<Check> checks) {
    private static final Pattern FACT = Pattern.compile("@([a-z][a-z0-9-]*)@");

    public GradingSpec {
        checks = List.copyOf(checks);
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("there are no checks");
        }
    }

    public int points() {
        return checks.stream().mapToInt(check -> check.about().points()).sum();
    }

    /// Whether filters or values name facts of a student, as `@lease@`.
    public boolean namesFacts() {
        var found = new ArrayList<String>();
        checks.forEach(check -> check.with(words -> {
            FACT.matcher(words).results().forEach(fact -> found.add(fact.group()));
            return words;
        }));
        return !found.isEmpty();
    }

    /// The same for one student.
    ///
    /// @throws IllegalArgumentException if it names a fact that is not there
    public GradingSpec with(Map<String, String> facts) {
        UnaryOperator<String> words = text -> FACT.matcher(text).replaceAll(match -> {
            var fact = facts.get(match.group(1));
            if (fact == null) {
                throw new IllegalArgumentException("there is no fact " + match.group() + "; there are "
                        + String.join(" ", facts.keySet().stream().sorted().toList()));
            }
            return Matcher.quoteReplacement(fact);
        });
        return new GradingSpec(
                title, checks.stream().map(check -> check.with(words)).toList());
    }

    /// All that it asks a capture.
    public List<Tap> taps() {
        return checks.stream().flatMap(check -> check.taps().stream()).toList();
    }

    /// The check that a tap belongs to.
    public Check checkOf(int tap) {
        int first = 0;
        for (var check : checks) {
            first += check.taps().size();
            if (tap < first) {
                return check;
            }
        }
        throw new IllegalArgumentException("there is no tap " + tap);
    }

    /// Looks at what the capture answered.
    ///
    /// @param hits of each of the [#taps]
    public List<Outcome> judge(List<List<Hit>> hits) {
        var outcomes = new ArrayList<Outcome>();
        int first = 0;
        for (var check : checks) {
            int after = first + check.taps().size();
            outcomes.add(check.judge(hits.subList(first, after)));
            first = after;
        }
        return outcomes;
    }
}

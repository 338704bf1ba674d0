package wirelab.client.teach;

import java.util.List;
import wirelab.client.teach.Check.Outcome;

/// What a capture is worth. Immutable.
///
/// @param capture its name, as it was given
/// @param student whose it is
public record Grade(String capture, String student, List<Outcome> outcomes) {
    public Grade {
        outcomes = List.copyOf(outcomes);
    }

    public int points() {
        return outcomes.stream().mapToInt(Outcome::points).sum();
    }

    public int most() {
        return outcomes.stream()
                .mapToInt(outcome -> outcome.check().about().points())
                .sum();
    }

    public boolean isFull() {
        return outcomes.stream().allMatch(Outcome::passed);
    }
}

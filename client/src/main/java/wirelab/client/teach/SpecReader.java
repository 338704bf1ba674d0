package wirelab.client.teach;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import wirelab.client.teach.Check.About;

/// Reads grading specs and question banks, which are YAML. docs/grading.md describes them.
public final class SpecReader {
    private static final Set<String> ABOUT = Set.of("name", "points", "hint");

    private SpecReader() {}

    /// Reads a grading spec.
    ///
    /// @param file its name, for what is wrong with it
    /// @param text what is in it
    public static GradingSpec spec(String file, String text) throws BadSpecException {
        var map = YamlMap.read(file, text);
        map.allow(Set.of("title", "checks"));
        var checks = new ArrayList<Check>();
        for (var check : map.maps("checks")) {
            checks.add(check(check));
        }
        if (checks.isEmpty()) {
            throw map.bad("there are no checks");
        }
        return new GradingSpec(map.text("title"), checks);
    }

    private static Check check(YamlMap map) throws BadSpecException {
        try {
            var about = new About(map.text("name"), points(map), map.optional("hint"));
            if (map.has("order")) {
                allow(map, "order");
                return new Check.Order(about, map.texts("order"));
            }
            if (map.has("field")) {
                allow(map, "filter", "field", "values");
                return new Check.Values(about, filter(map), map.text("field"), Expected.parse(map.text("values")));
            }
            allow(map, "filter", "frames");
            var count = map.has("frames") ? Count.parse(map.text("frames")) : Count.SOME;
            return new Check.Frames(about, map.text("filter"), count);
        } catch (IllegalArgumentException e) {
            throw map.bad(String.valueOf(e.getMessage()));
        }
    }

    private static int points(YamlMap map) throws BadSpecException {
        var points = map.optional("points").orElse("1");
        if (!points.matches("\\d{1,4}")) {
            throw map.bad("points '" + points + "': a whole number up to 9999");
        }
        return Integer.parseInt(points);
    }

    /// A field without a filter is looked for in all frames that have it.
    private static String filter(YamlMap map) throws BadSpecException {
        return map.has("filter") ? map.text("filter") : map.text("field");
    }

    private static void allow(YamlMap map, String... more) throws BadSpecException {
        var known = new ArrayList<>(ABOUT);
        known.addAll(List.of(more));
        map.allow(Set.copyOf(known));
    }

    /// Reads a question bank.
    ///
    /// @param file its name, for what is wrong with it
    /// @param text what is in it
    public static List<Question> questions(String file, String text) throws BadSpecException {
        var map = YamlMap.read(file, text);
        map.allow(Set.of("title", "questions"));
        var questions = new ArrayList<Question>();
        for (var question : map.maps("questions")) {
            question.allow(Set.of("ask", "filter", "field", "as", "why"));
            try {
                questions.add(new Question(
                        question.text("ask"),
                        filter(question),
                        question.optional("field"),
                        Question.Form.parse(question.optional("as").orElse("text")),
                        question.optional("why")));
            } catch (IllegalArgumentException e) {
                throw question.bad(String.valueOf(e.getMessage()));
            }
        }
        if (questions.isEmpty()) {
            throw map.bad("there are no questions");
        }
        return questions;
    }
}

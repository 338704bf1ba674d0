package wirelab.client.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Which files of a list somebody means. Immutable.
///
/// @param offered the list, in the server's order
public record FileChoice(List<String> offered) {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})-(\\d{1,6})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s,]+");
    private static final int MOST_SUGGESTIONS = 5;

    /// What a choice came to. Each is immutable.
    public sealed interface Chosen {
        /// These, each once, in the order they were asked for.
        record Files(List<String> names) implements Chosen {
            public Files {
                names = List.copyOf(names);
            }
        }

        /// One of the words means no file.
        ///
        /// @param near names that look like it
        record Unknown(String word, List<String> near) implements Chosen {
            public Unknown {
                near = List.copyOf(near);
            }
        }
    }

    public FileChoice {
        offered = List.copyOf(offered);
    }

    public Chosen all() {
        return new Chosen.Files(offered);
    }

    /// Takes each word for a name if there is such a file, and else for its number in the list, counted from 1, or a
    /// range of numbers.
    public Chosen words(Collection<String> words) {
        var names = new LinkedHashSet<String>();
        for (var word : words) {
            var meant = meaning(word);
            if (meant.isEmpty()) {
                return new Chosen.Unknown(word, near(word));
            }
            names.addAll(meant);
        }
        return new Chosen.Files(List.copyOf(names));
    }

    /// Takes each for a name and nothing else.
    public Chosen names(Collection<String> names) {
        for (var name : names) {
            if (!offered.contains(name)) {
                return new Chosen.Unknown(name, near(name));
            }
        }
        return new Chosen.Files(List.copyOf(new LinkedHashSet<>(names)));
    }

    /// Takes a line typed at the menu: words separated by spaces or commas, `a` or `all` for every file.
    public Chosen line(String line) {
        var text = line.strip();
        if (offered.contains(text)) {
            return new Chosen.Files(List.of(text)); // A name with spaces in it.
        }
        if (text.equals("a") || text.equals("all")) {
            return all();
        }
        return words(List.of(SEPARATORS.split(text, -1)));
    }

    private List<String> meaning(String word) {
        if (offered.contains(word)) {
            return List.of(word);
        }
        if (NUMBER.matcher(word).matches()) {
            return numbers(Integer.parseInt(word), Integer.parseInt(word));
        }
        var range = RANGE.matcher(word);
        return range.matches()
                ? numbers(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)))
                : List.of();
    }

    private List<String> numbers(int first, int last) {
        return first >= 1 && first <= last && last <= offered.size() ? offered.subList(first - 1, last) : List.of();
    }

    /// Names that are few edits away, or that hold the word; nearest first.
    private List<String> near(String word) {
        var wanted = word.toLowerCase(Locale.ROOT);
        var near = new ArrayList<String>();
        for (var name : offered) {
            var lower = name.toLowerCase(Locale.ROOT);
            if (distance(wanted, lower) <= Math.max(2, wanted.length() / 3)
                    || (wanted.length() > 2 && lower.contains(wanted))) {
                near.add(name);
            }
        }
        near.sort(Comparator.comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT))));
        return near.subList(0, Math.min(MOST_SUGGESTIONS, near.size()));
    }

    /// How many characters must be put in, left out or changed to make one of the other (Levenshtein).
    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[other.length()];
    }
}

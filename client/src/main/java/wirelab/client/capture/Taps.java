package wirelab.client.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import wirelab.client.capture.Tap.Hit;
import wirelab.daemon.ExitException;

/// What taps found in a capture, in one reading. Confined to one thread.
public final class Taps {
    private final List<List<Hit>> hits = new ArrayList<>();
    private final Map<Integer, String> reasons = new TreeMap<>();

    private Taps(int taps) {
        for (int i = 0; i < taps; i++) {
            hits.add(new ArrayList<>());
        }
    }

    /// Reads a capture once, for all taps.
    ///
    /// @return the hits of each tap, in the order of the taps and of the frames
    /// @throws BadTapException if tshark does not know a filter or a field
    /// @throws ExitException if there is no tshark, or it cannot read the capture
    public static List<List<Hit>> read(Tshark tshark, Path capture, List<Tap> taps)
            throws IOException, ExitException, BadTapException {
        var answers = new Taps(taps.size());
        var folder = Files.createTempDirectory("wirelab-taps");
        var script = folder.resolve("taps.lua");
        var questions = folder.resolve("taps.txt");
        try {
            unpack(script);
            Files.write(questions, taps.stream().map(Taps::question).toList());
            // Twice through the capture: some fields name frames that come later.
            tshark.read(capture, List.of("-q", "-2", "-X", "lua_script:" + script), answers::add);
        } finally {
            Files.deleteIfExists(script);
            Files.deleteIfExists(questions);
            Files.delete(folder);
        }
        if (!answers.reasons.isEmpty()) {
            throw new BadTapException(answers.reasons);
        }
        return answers.hits;
    }

    private static void unpack(Path place) throws IOException {
        try (var in = Taps.class.getResourceAsStream("taps.lua")) {
            if (in == null) {
                throw new IllegalStateException("taps.lua is not in the jar");
            }
            Files.copy(in, place);
        }
    }

    private static String question(Tap tap) {
        return tap.field().map(field -> field + "\t" + tap.filter()).orElse(tap.filter());
    }

    private void add(BufferedReader lines) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            add(line);
        }
    }

    /// A line that the script prints, as it describes them.
    private void add(String line) {
        var words = List.of(line.split("\t", -1));
        switch (words.getFirst()) {
            case "hit" -> hits.get(index(words)).add(hit(words));
            case "bad" -> reasons.put(index(words), reason(words.get(2)));
            default -> throw new IllegalStateException("tshark says what we do not know: " + line);
        }
    }

    private static int index(List<String> words) {
        return Integer.parseInt(words.get(1)) - 1;
    }

    private static Hit hit(List<String> words) {
        var values = words.subList(3, words.size()).stream().map(Taps::unescape).toList();
        return new Hit(Integer.parseInt(words.get(2)), values);
    }

    /// Lua's own words stand before tshark's, on a line of their own.
    private static String reason(String why) {
        var plain = unescape(why);
        return plain.substring(plain.lastIndexOf('\n') + 1);
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                c = switch (text.charAt(++i)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> text.charAt(i);
                };
            }
            plain.append(c);
        }
        return plain.toString();
    }
}

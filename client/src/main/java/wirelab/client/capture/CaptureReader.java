package wirelab.client.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import wirelab.daemon.ExitException;

/// Reads captures, in one pass of tshark, asking for no more than the fields that frames are made of. Immutable.
public final class CaptureReader {
    private final Tshark tshark;

    public CaptureReader(Tshark tshark) {
        this.tshark = tshark;
    }

    /// All frames of a file.
    ///
    /// @throws ExitException if there is no tshark, or it cannot read the file
    public Capture read(Path file) throws IOException, ExitException {
        var frames = new ArrayList<Frame>();
        var options = new ArrayList<>(List.of(
                "-T",
                "fields",
                "-E",
                "occurrence=a",
                "-E",
                "separator=" + Row.SEPARATOR,
                "-E",
                "aggregator=" + Row.AGGREGATOR));
        Decoding.FIELDS.forEach(field -> options.addAll(List.of("-e", field)));
        tshark.read(file, options, lines -> frames(lines, frames));
        return new Capture(String.valueOf(file.getFileName()), frames);
    }

    private static void frames(BufferedReader lines, List<Frame> frames) throws IOException {
        Map<String, Integer> columns = new HashMap<>();
        Decoding.FIELDS.forEach(field -> columns.put(field, columns.size()));
        var decoding = new Decoding();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            // A text of the network may hold a line break, which tshark 4.0 prints as it is.
            while (line.chars().filter(c -> c == Row.SEPARATOR).count() < columns.size() - 1L) {
                var more = lines.readLine();
                if (more == null) {
                    throw new IOException("tshark's output ends within a line");
                }
                line += "\n" + more;
            }
            frames.add(decoding.frame(new Row(columns, List.of(line.split(String.valueOf(Row.SEPARATOR), -1)))));
        }
    }
}

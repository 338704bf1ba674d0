package wirelab.httpserver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.wire.Bytes;

/// A response as it came over a socket. Read by hand, not by the codec that made it.
record Answer(int status, List<String> lines, Bytes content) {
    static Answer of(String head, byte[] body) {
        var lines = List.of(head.split("\r\n", -1));
        return new Answer(Integer.parseInt(lines.getFirst().substring(9, 12)), lines, Bytes.copyOf(body));
    }

    /// Octets of the head, with the empty line.
    int headSize() {
        return String.join("\r\n", lines).length() + 4;
    }

    /// The names of the fields, in their order.
    List<String> names() {
        var names = new ArrayList<String>();
        for (var line : lines.subList(1, lines.size())) {
            names.add(line.substring(0, line.indexOf(':')));
        }
        return names;
    }

    Optional<String> field(String name) {
        return lines.stream()
                .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(line -> line.substring(name.length() + 2))
                .findFirst();
    }

    byte[] body() {
        return content.toArray();
    }

    String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }
}

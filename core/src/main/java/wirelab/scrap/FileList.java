package wirelab.scrap;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Names of files, in the order of the page that they were found on. Immutable.
///
/// ```
/// list = *( name ";" )          ; one ";" after each, the last too
/// ```
///
/// @param names not empty; whatever characters they hold, [ScrapCodec] finds a way to write them
public record FileList(List<String> names) implements ScrapReply {
    public FileList {
        names = List.copyOf(names);
        for (var name : names) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a name is not empty");
            }
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
                throw new IllegalArgumentException("a name with half a surrogate pair has no UTF-8");
            }
        }
    }

    public static FileList of(String... names) {
        return new FileList(List.of(names));
    }
}

package wirelab.scrap;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Files with what their index page says of them, in the order of the page. Immutable.
///
/// ```
/// details = "#files;" *( name "/" [ size ] "/" [ date ] ";" )
/// ```
public record FileDetails(List<Entry> entries) implements ScrapReply {
    public FileDetails {
        entries = List.copyOf(entries);
    }

    /// The names alone.
    public FileList names() {
        return new FileList(entries.stream().map(Entry::name).toList());
    }

    /// One file.
    ///
    /// @param modified to the second; a page gives no zone, and most servers mean UTC
    public record Entry(String name, Optional<Size> size, Optional<Instant> modified) {
        public Entry {
            var _ = FileList.of(name);
            modified = modified.map(instant -> instant.truncatedTo(ChronoUnit.SECONDS));
        }

        /// A file of which the page says nothing but the name.
        public static Entry of(String name) {
            return new Entry(name, Optional.empty(), Optional.empty());
        }
    }

    /// How long a file is.
    ///
    /// @param octets 0 or more
    /// @param rounded whether the page had it in a larger unit, as `50M`: then it is near that
    public record Size(long octets, boolean rounded) {
        public Size {
            if (octets < 0) {
                throw new IllegalArgumentException("a size of " + octets + " octets");
            }
        }
    }
}

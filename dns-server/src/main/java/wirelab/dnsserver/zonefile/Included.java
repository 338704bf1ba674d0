package wirelab.dnsserver.zonefile;

import java.util.Optional;

/// Where the files are that a zone file includes.
public interface Included {
    /// For a file that stands alone: no other can be read.
    Included NONE = new Included() {
        @Override
        public String path(String includer, String name) {
            return name;
        }

        @Override
        public Optional<String> text(String path) {
            return Optional.empty();
        }
    };

    /// How `$INCLUDE name` in the file `includer` is to be read, and to be called in errors.
    String path(String includer, String name);

    /// The file's octets as Latin-1 characters; empty if it cannot be read.
    Optional<String> text(String path);
}

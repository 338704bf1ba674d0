package wirelab.httpserver.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import wirelab.httpserver.engine.ContentCoding;
import wirelab.httpserver.engine.MediaTypes;

/// A plain file and those that may stand packed beside it, as they were: they decide which of them is sent. Immutable.
record Beside(Map<Path, Optional<Stamp>> files) {
    Beside {
        files = Map.copyOf(files);
    }

    /// Looks at them. Blocks.
    static Beside of(Path plain) throws IOException {
        if (!MediaTypes.isWorthPacking(String.valueOf(plain.getFileName()))) {
            return new Beside(Map.of());
        }
        var files = new HashMap<Path, Optional<Stamp>>();
        files.put(plain, stamp(plain));
        for (var coding : ContentCoding.values()) {
            var packed = plain.resolveSibling(plain.getFileName() + coding.suffix());
            files.put(packed, stamp(packed));
        }
        return new Beside(files);
    }

    /// Whether nothing has happened to any of them, and none has come or gone.
    boolean isStillSo() throws IOException {
        for (var file : files.entrySet()) {
            if (!stamp(file.getKey()).equals(file.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Stamp> stamp(Path file) throws IOException {
        // Asked first, since an exception for each file that is not there would cost more than the look.
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(Stamp.of(file)) : Optional.empty();
    }
}

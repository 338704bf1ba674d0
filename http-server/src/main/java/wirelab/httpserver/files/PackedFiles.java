package wirelab.httpserver.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import wirelab.httpserver.engine.ContentCoding;
import wirelab.httpserver.engine.MediaTypes;
import wirelab.httpserver.engine.Variant;

/// Opens a file, or the packed form of it that stands beside it: `app.js.br` or `app.js.gz` for `app.js`. Immutable.
///
/// A packed file that is older than the plain one is passed over, since it is likely to be packed from an earlier
/// state. Files whose type is packed already have none.
final class PackedFiles {
    private static final int ATTEMPTS = 3;

    private PackedFiles() {}

    /// Opens the one to send.
    ///
    /// @param plain attributes of the plain file
    static Looked.AFile choose(Folder folder, String name, BasicFileAttributes plain, Set<ContentCoding> accepted)
            throws IOException {
        if (!MediaTypes.isWorthPacking(name)) {
            return open(folder, name, plain);
        }
        var vary = "";
        for (var coding : ContentCoding.values()) {
            var packed = packed(folder, name + coding.suffix(), plain);
            if (packed.isPresent()) {
                vary = "Accept-Encoding";
                if (accepted.contains(coding)) {
                    var file = open(folder, name + coding.suffix(), packed.get());
                    return new Looked.AFile(
                            name, file.channel(), file.size(), file.modified(), new Variant(Optional.of(coding), vary));
                }
            }
        }
        var file = open(folder, name, plain);
        return vary.isEmpty()
                ? file
                : new Looked.AFile(
                        name, file.channel(), file.size(), file.modified(), new Variant(Optional.empty(), vary));
    }

    private static Optional<BasicFileAttributes> packed(Folder folder, String name, BasicFileAttributes plain) {
        try {
            var attributes = folder.attributes(name);
            return attributes.isRegularFile() && attributes.lastModifiedTime().compareTo(plain.lastModifiedTime()) >= 0
                    ? Optional.of(attributes)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // As a rule there is none. Whatever is wrong with it, the plain one will do.
        }
    }

    /// Opens a file such that its attributes are those of what was opened, though somebody replaces it meanwhile.
    private static Looked.AFile open(Folder folder, String name, BasicFileAttributes before) throws IOException {
        var known = before;
        for (int attempt = 1; ; attempt++) {
            FileChannel channel = folder.file(name);
            try {
                var attributes = folder.attributes(name);
                if (isSame(known, attributes) || attempt == ATTEMPTS) {
                    var modified = attributes.lastModifiedTime().toInstant();
                    return new Looked.AFile(name, channel, channel.size(), modified, Variant.ONLY);
                }
                known = attributes;
                channel.close();
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }
    }

    private static boolean isSame(BasicFileAttributes a, BasicFileAttributes b) {
        return Objects.equals(a.fileKey(), b.fileKey())
                && a.size() == b.size()
                && a.lastModifiedTime().equals(b.lastModifiedTime());
    }
}

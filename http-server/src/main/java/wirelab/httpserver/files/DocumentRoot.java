package wirelab.httpserver.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.httpserver.engine.ContentCoding;
import wirelab.httpserver.engine.IndexPage;
import wirelab.httpserver.engine.ResourcePath;
import wirelab.httpserver.engine.Variant;

/// The directory that is served, and all below it; nothing else, whatever is asked. Safe for many threads.
///
/// A path is followed name by name from the root, each directory opened relative to the one before, and no symbolic
/// link is taken. Names that begin with a dot are not there, unless it is told otherwise.
public final class DocumentRoot {
    static final String INDEX = "index.html";

    /// A page of more would help nobody, and cost memory.
    private static final int MOST_ENTRIES = 10_000;

    private static final int MOST_NAMES = 100_000;

    private final Path root;
    private final boolean followsLinks;
    private final boolean showsHidden;

    private DocumentRoot(Path root, boolean followsLinks, boolean showsHidden) {
        this.root = root;
        this.followsLinks = followsLinks;
        this.showsHidden = showsHidden;
    }

    /// Looks whether there is something to serve.
    ///
    /// @param followsLinks whether a link counts, as long as it leads to something under the root
    /// @param showsHidden whether names that begin with a dot are there
    /// @throws ExitException if the directory is missing, empty or not to be read
    public static DocumentRoot open(Path root, boolean followsLinks, boolean showsHidden) throws ExitException {
        var opened = new DocumentRoot(root, followsLinks, showsHidden);
        if (!Files.exists(root)) {
            throw config(root, "does not exist: make it (mkdir -p " + root + ")");
        }
        if (!Files.isDirectory(root)) {
            throw config(root, "is not a directory: take the one it is in");
        }
        try (var folder = Folder.open(root)) {
            if (folder.names(MOST_NAMES).stream().allMatch(opened::isLeftOut)) {
                throw config(root, "is empty: put the files to be served into it");
            }
        } catch (IOException e) {
            throw config(root, "cannot be read (" + reason(e) + "): change its permissions (chmod a+rx " + root + ")");
        }
        return opened;
    }

    private static ExitException config(Path root, String whyAndMend) {
        return new ExitException(
                ExitCode.CONFIG, "--root " + root + " " + whyAndMend + ", or name another directory by --root");
    }

    private static String reason(IOException error) {
        return error instanceof AccessDeniedException ? "permission denied" : String.valueOf(error.getMessage());
    }

    /// Where a path is, for [Stamp] alone.
    Path locate(ResourcePath path) {
        return root.resolve(String.join("/", path.segments()));
    }

    /// Follows the path. Blocks.
    ///
    /// @param accepted how a file may be packed
    /// @throws IOException if the file system fails
    Looked look(ResourcePath path, Set<ContentCoding> accepted) throws IOException {
        try {
            var names = followsLinks ? withoutLinks(path.segments()) : path.segments();
            if (!names.stream().allMatch(DocumentRoot::isOneName)) {
                return new Looked.Nothing();
            }
            try (var folder = Folder.open(root)) {
                return look(folder, names, 0, path.directory(), accepted);
            }
        } catch (NoSuchFileException | NotDirectoryException | InvalidPathException e) {
            return new Looked.Nothing();
        } catch (AccessDeniedException e) {
            return new Looked.Refused("no permission to read it");
        } catch (OutOfRootException e) {
            return new Looked.Refused("a symbolic link that leads out of the root");
        } catch (FileSystemException e) {
            return ofFileSystem(e);
        }
    }

    /// Goes on from `folder`, which `depth` of the names have led to.
    private Looked look(Folder folder, List<String> names, int depth, boolean directory, Set<ContentCoding> accepted)
            throws IOException {
        if (depth == names.size()) {
            return directory ? index(folder, names, accepted) : new Looked.ADirectory();
        }
        var name = names.get(depth);
        var attributes = folder.attributes(name);
        if (attributes.isSymbolicLink()) {
            return new Looked.Refused("a symbolic link");
        }
        if (attributes.isDirectory()) {
            try (var below = folder.folder(name)) {
                return look(below, names, depth + 1, directory, accepted);
            }
        }
        if (depth < names.size() - 1 || directory) {
            return new Looked.Nothing();
        }
        return attributes.isRegularFile()
                ? PackedFiles.choose(folder, name, attributes, accepted)
                : new Looked.Refused("neither a file nor a directory");
    }

    private Looked index(Folder folder, List<String> names, Set<ContentCoding> accepted) throws IOException {
        try {
            var attributes = folder.attributes(INDEX);
            if (attributes.isRegularFile()) {
                return PackedFiles.choose(folder, INDEX, attributes, accepted);
            }
            if (attributes.isSymbolicLink()
                    && followsLinks
                    && look(new ResourcePath(below(names, INDEX), false), Set.of()) instanceof Looked.AFile linked) {
                return new Looked.AFile(INDEX, linked.channel(), linked.size(), linked.modified(), Variant.ONLY);
            }
        } catch (NoSuchFileException e) {
            // Then the directory is shown itself.
        }
        return listing(folder, names);
    }

    private Looked listing(Folder folder, List<String> above) throws IOException {
        var modified = folder.attributes(".").lastModifiedTime().toInstant();
        var entries = new ArrayList<IndexPage.Entry>();
        var names = folder.names(MOST_NAMES);
        int visible = 0;
        for (var name : names) {
            if (isLeftOut(name) || name.indexOf('\\') >= 0 || ++visible > MOST_ENTRIES) {
                continue;
            }
            try {
                var attributes = shown(folder, above, name);
                if (attributes.isRegularFile() || attributes.isDirectory()) {
                    var changed = attributes.lastModifiedTime().toInstant();
                    entries.add(new IndexPage.Entry(name, attributes.isDirectory(), attributes.size(), changed));
                    modified = later(modified, changed);
                }
            } catch (NoSuchFileException | InvalidPathException e) {
                visible--; // Gone meanwhile, or of a name that cannot be said.
            }
        }
        return new Looked.AListing(entries, modified, Math.max(0, visible - MOST_ENTRIES));
    }

    /// The attributes of an entry; where links are followed, of what it leads to. A link that leads nowhere stays one.
    private BasicFileAttributes shown(Folder folder, List<String> above, String name) throws IOException {
        var own = folder.attributes(name);
        if (!own.isSymbolicLink() || !followsLinks) {
            return own;
        }
        try {
            var target = root.toRealPath().resolve(String.join("/", withoutLinks(below(above, name))));
            return Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (OutOfRootException | FileSystemException e) {
            return own;
        }
    }

    private static List<String> below(List<String> names, String name) {
        var all = new ArrayList<>(names);
        all.add(name);
        return all;
    }

    /// The names from the root on to what the path leads to once its links are followed.
    private List<String> withoutLinks(List<String> segments) throws IOException {
        var real = root.toRealPath();
        var target = real.resolve(String.join("/", segments)).toRealPath();
        if (!target.startsWith(real)) {
            throw new OutOfRootException();
        }
        var names = StreamSupport.stream(real.relativize(target).spliterator(), false)
                .map(Path::toString)
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.stream().anyMatch(this::isLeftOut)) {
            throw new NoSuchFileException(target.toString());
        }
        return names;
    }

    private static Looked ofFileSystem(FileSystemException e) throws FileSystemException {
        var reason = String.valueOf(e.getReason());
        if (reason.contains("name too long")) {
            return new Looked.Nothing();
        }
        if (reason.contains("symbolic link")) {
            return new Looked.Refused("a symbolic link"); // Put there between the look and the opening.
        }
        throw e;
    }

    /// Where `C:` or `a:b` means more than a name (Windows), it is none.
    private static boolean isOneName(String name) {
        var path = Path.of(name);
        return !path.isAbsolute() && path.getNameCount() == 1 && path.toString().equals(name);
    }

    private boolean isLeftOut(String name) {
        return !showsHidden && name.startsWith(".");
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static final class OutOfRootException extends IOException {}
}

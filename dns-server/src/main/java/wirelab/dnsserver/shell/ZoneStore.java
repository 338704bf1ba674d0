package wirelab.dnsserver.shell;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import wirelab.dns.DnsName;
import wirelab.dnsserver.engine.zone.Zone;
import wirelab.dnsserver.zonefile.ZoneFile;
import wirelab.dnsserver.zonefile.ZoneFileException;
import wirelab.dnsserver.zonefile.ZoneText;

/// Copies of zones on the disk: a master file each, whose time of change tells when the copy was last known to be good.
/// Safe for many threads, as long as each zone has one.
///
/// @param folder made when it is needed
record ZoneStore(Path folder) {
    /// A copy, and when it was last known to be good.
    record Copy(Zone zone, Instant checked) {}

    private Path file(DnsName origin) {
        // A name may hold anything, a path's own characters among it.
        return folder.resolve(origin.toString().replaceAll("[^A-Za-z0-9._-]", "_") + ".zone");
    }

    /// Empty if there is none.
    ///
    /// @throws IOException if it cannot be read, or is not that zone any more
    Optional<Copy> load(DnsName origin) throws IOException {
        var file = file(origin);
        try {
            var checked = Files.getLastModifiedTime(file).toInstant();
            var zone = ZoneFile.parse(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            if (!zone.origin().equals(origin)) {
                throw new IOException(file + " holds the zone " + zone.origin() + " instead of " + origin);
            }
            return Optional.of(new Copy(zone, checked));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (ZoneFileException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Keeps a zone: whole, or as it was before.
    void save(Zone zone, Instant checked) throws IOException {
        Files.createDirectories(folder);
        var file = file(zone.origin());
        var part = file.resolveSibling(file.getFileName() + ".part");
        try (var out = Files.newBufferedWriter(part, StandardCharsets.ISO_8859_1)) {
            var lines = Stream.concat(Stream.of(zone.soa()), zone.records())
                    .map(ZoneText::line)
                    .iterator();
            while (lines.hasNext()) {
                out.write(lines.next());
                out.write('\n');
            }
        }
        try (var written = FileChannel.open(part, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.setLastModifiedTime(part, FileTime.from(checked));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// The copy is still good.
    void touch(DnsName origin, Instant checked) throws IOException {
        Files.setLastModifiedTime(file(origin), FileTime.from(checked));
    }
}

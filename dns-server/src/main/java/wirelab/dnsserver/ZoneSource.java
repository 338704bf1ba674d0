package wirelab.dnsserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dnsserver.engine.zone.Zone;
import wirelab.dnsserver.engine.zone.Zones;
import wirelab.dnsserver.zonefile.Included;
import wirelab.dnsserver.zonefile.ZoneFile;
import wirelab.dnsserver.zonefile.ZoneFileException;

/// Where the zones are read from: files, or the one that is built in. Immutable.
///
/// @param builtIn whether the zone that is built in is served if no file is named
record ZoneSource(List<Path> files, boolean builtIn) {
    private static final String BUILT_IN = "example.com.zone";

    ZoneSource(List<Path> files) {
        this(files, true);
    }

    /// Reads all of them; what is wrong with one is a reason to end, or on a reload to keep what there is.
    List<Zone> read() throws ExitException {
        var zones = new ArrayList<Zone>();
        try {
            if (files.isEmpty() && builtIn) {
                zones.add(ZoneFile.parse(BUILT_IN, builtInText()));
            }
            for (var file : files) {
                zones.add(ZoneFile.parse(file.toString(), text(file), new Beside()));
            }
            Zones.of(zones); // each of them once
            return zones;
        } catch (ZoneFileException | IllegalArgumentException e) {
            throw new ExitException(ExitCode.CONFIG, String.valueOf(e.getMessage()), e);
        }
    }

    // Latin-1, since a zone file holds octets: what is UTF-8 in a TXT string stays so.
    private static String text(Path file) throws ExitException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new ExitException(ExitCode.CONFIG, "no zone file " + file + "; name another by --zone", e);
        } catch (AccessDeniedException e) {
            throw new ExitException(ExitCode.NO_PERMISSION, "no permission to read the zone file " + file, e);
        } catch (IOException e) {
            throw new ExitException(ExitCode.IO, "cannot read the zone file " + file + ": " + e.getMessage(), e);
        }
    }

    private static String builtInText() throws ExitException {
        try (var resource = ZoneSource.class.getResourceAsStream("/" + BUILT_IN)) {
            if (resource == null) {
                throw new IllegalStateException(BUILT_IN + " is missing in the jar");
            }
            return new String(resource.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new ExitException(ExitCode.IO, "cannot read the zone that is built in: " + e.getMessage(), e);
        }
    }

    /// Files are looked for in the folder of the one that includes them.
    private record Beside() implements Included {
        @Override
        public String path(String includer, String name) {
            return Path.of(includer).resolveSibling(name).toString();
        }

        @Override
        public Optional<String> text(String path) {
            try {
                return Optional.of(Files.readString(Path.of(path), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }
}

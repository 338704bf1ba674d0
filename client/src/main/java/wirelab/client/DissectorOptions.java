package wirelab.client;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import wirelab.client.capture.Tshark;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// What decodes captures: a `@Mixin` of the commands that read them.
final class DissectorOptions {
    @Option(
            names = "--dissectors",
            paramLabel = "DIR",
            description = "Where rudp.lua and scrap.lua are (default: docs/wireshark beside this program).")
    @Nullable
    Path dissectors;

    Tshark tshark() throws ExitException {
        var folder = Stream.concat(Optional.ofNullable(dissectors).stream(), beside().stream())
                .filter(place -> Files.isReadable(place.resolve("rudp.lua")))
                .findFirst();
        return new Tshark(folder.orElseThrow(() -> new ExitException(
                ExitCode.CONFIG,
                "there is no rudp.lua in "
                        + Optional.ofNullable(dissectors)
                                .map(Path::toString)
                                .or(() -> beside().map(Path::toString))
                                .orElse("docs/wireshark")
                        + ": say by --dissectors where docs/wireshark of this project is")));
    }

    /// The project's folder of dissectors: the jar, and in tests the classes, are in `client/target`.
    private static Optional<Path> beside() {
        var source =
                Optional.ofNullable(DissectorOptions.class.getProtectionDomain().getCodeSource());
        try {
            return source.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Path.of(source.get().getLocation().toURI())
                            .resolve("../../../docs/wireshark")
                            .normalize());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own place is no URI", e);
        }
    }
}

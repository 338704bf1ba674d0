package wirelab.dnsserver;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// BIND's `dig`, asking one server. Immutable.
record Dig(int port) {
    Dig {
        var found = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "dig")));
        Assumptions.assumeTrue(found, "dig is missing: apt-get install bind9-dnsutils");
    }

    /// All that dig prints.
    String ask(String... arguments) throws IOException {
        var command =
                new ArrayList<>(List.of("dig", "@127.0.0.1", "-p", Integer.toString(port), "+tries=5", "+time=5"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}

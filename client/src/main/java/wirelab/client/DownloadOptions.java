package wirelab.client;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where files come from and go to; a `@Mixin`.
final class DownloadOptions {
    @Option(
            names = "--http",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.1:80",
            description = "The HTTP server that has the files (default: ${DEFAULT-VALUE}).")
    InetSocketAddress server = new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), 80);

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The directory to save them in (default: the current one).")
    Path directory = Path.of(".");
}

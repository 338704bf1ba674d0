package wirelab.client;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import picocli.CommandLine.Option;

/// Where the file is, by either way; a `@Mixin`.
final class EndsOptions {
    @Option(
            names = "--http",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.1:80",
            description = "The HTTP server that has the file (default: ${DEFAULT-VALUE}).")
    InetSocketAddress http = new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), 80);

    @Option(
            names = "--proxy",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.10:49152",
            description = "The RUDP proxy, which fetches it there (default: ${DEFAULT-VALUE}).")
    InetSocketAddress proxy = new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.10"), 49152);
}

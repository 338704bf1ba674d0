package wirelab.dnsserver;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.Prefix;
import wirelab.dnsserver.engine.Identity;
import wirelab.wire.Bytes;

/// The server's options; a `@Mixin` of its command.
final class ServerOptions {
    private static final int SECRET_OCTETS = 16;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.1:53",
            description = "Take queries here, by UDP and TCP; port 0 is any free one (default: ${DEFAULT-VALUE}).")
    InetSocketAddress listen = InetSocketAddress.createUnresolved("127.0.0.1", 53);

    @Option(
            names = "--zone",
            paramLabel = "FILE",
            description = "Serve this zone file; may be given several times (default: example.com, which is built in).")
    List<Path> zones = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads answer over UDP, each with a socket (default: one a processor).")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--allow",
            paramLabel = "NETWORK",
            description = "Answer clients of this network, as 127.0.0.0/8; may be given several times. Others are"
                    + " refused (default: answer all).")
    List<String> networks = new ArrayList<>();

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "Send no more than N answers that are alike a second over UDP, from each thread to each /24"
                    + " network; 0 is any number (default: ${DEFAULT-VALUE}).")
    int rateLimit;

    @Option(
            names = "--identity",
            paramLabel = "NAME",
            description = "Tell who asks by NSID or id.server that this server is NAME (default: nobody is told).")
    Optional<String> name = Optional.empty();

    @Option(
            names = "--cookie-secret",
            paramLabel = "HEX",
            description = "The key of DNS cookies, 16 octets that all servers at one address share (default: random).")
    Optional<String> cookieSecret = Optional.empty();

    @Option(
            names = "--query-log",
            paramLabel = "N",
            defaultValue = "10",
            description = "Log N queries a second, up to ten seconds' worth at once, and count the rest; 0 logs none"
                    + " (default: ${DEFAULT-VALUE}).")
    int queryLog = 10;

    @ArgGroup(exclusive = false, heading = "%nOther servers:%n")
    TransferOptions transfers = new TransferOptions();

    DnsConfig config() throws ExitException {
        return new DnsConfig(
                listen,
                zones,
                bounded("--threads", threads, 1, 64),
                bounded("--query-log", queryLog, 0, 1_000_000),
                access(),
                bounded("--rate-limit", rateLimit, 0, 1_000_000),
                identity(),
                transfers.config());
    }

    private Access access() throws ExitException {
        try {
            return new Access(networks.stream().map(Prefix::parse).toList());
        } catch (IllegalArgumentException e) {
            throw usage("--allow: " + e.getMessage());
        }
    }

    private Identity identity() throws ExitException {
        var release = Optional.ofNullable(ServerOptions.class.getPackage().getImplementationVersion());
        var version = "wirelab dns-server" + release.map(number -> " " + number).orElse("");
        return new Identity(version, bounded(name), Optional.of(secret()));
    }

    private static Optional<String> bounded(Optional<String> name) throws ExitException {
        if (name.filter(text -> text.length() > 255).isPresent()) {
            throw usage("--identity has more than 255 characters");
        }
        return name;
    }

    private Bytes secret() throws ExitException {
        if (cookieSecret.isEmpty()) {
            var random = new byte[SECRET_OCTETS];
            new SecureRandom().nextBytes(random);
            return Bytes.copyOf(random);
        }
        if (!cookieSecret.get().matches("[0-9A-Fa-f]{32}")) {
            throw usage("--cookie-secret wants 32 hexadecimal digits, as of: openssl rand -hex 16");
        }
        return Bytes.hex(cookieSecret.get());
    }

    private static int bounded(String option, int value, int least, int most) throws ExitException {
        if (value < least || value > most) {
            throw usage(option + " " + value + " is not from " + least + " to " + most);
        }
        return value;
    }

    private static ExitException usage(String message) {
        return new ExitException(ExitCode.USAGE, message);
    }
}

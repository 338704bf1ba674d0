package wirelab.dnsserver;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.Prefix;
import wirelab.dns.DnsName;
import wirelab.dns.tsig.TsigKey;
import wirelab.dns.tsig.TsigKeys;
import wirelab.dnsserver.engine.transfer.Neighbour;
import wirelab.dnsserver.engine.transfer.TransferRule;
import wirelab.dnsserver.engine.transfer.TransferRules;
import wirelab.dnsserver.shell.TransferConfig;

/// The options about other servers; a group of the server's.
final class TransferOptions {
    private static final int DNS_PORT = 53;
    private static final Pattern WITH_KEY = Pattern.compile("([^,]+)(?:,key=([^,]+))?");
    private static final Pattern ENDPOINT = Pattern.compile("([0-9.]{7,15})(?::([0-9]{1,5}))?");

    @Option(
            names = "--transfer",
            paramLabel = "NETWORK[,key=NAME]",
            description =
                    "Let servers of this network, as 127.0.0.0/8, take the zones (AXFR, IXFR), with a key only that"
                            + " sign by it; may be given several times (default: nobody).")
    List<String> transfer = new ArrayList<>();

    @Option(
            names = "--notify",
            paramLabel = "ADDRESS[:PORT][,key=NAME]",
            description = "Tell this server when a zone is there or has changed; may be given several times.")
    List<String> notify = new ArrayList<>();

    @Option(
            names = "--secondary",
            paramLabel = "ZONE=ADDRESS[:PORT][,key=NAME]",
            description = "Serve a copy of this zone, and keep it as new as the primary at ADDRESS has it; may be given"
                    + " several times, once a zone.")
    List<String> secondary = new ArrayList<>();

    @Option(
            names = "--store",
            paramLabel = "FOLDER",
            description = "Keep copies of zones here, so that they are served at once after a start (default:"
                    + " secondary-zones).")
    Path store = Path.of("secondary-zones");

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description =
                    "Keys for TSIG, as tsig-keygen writes them; nobody else may read the file. May be given several"
                            + " times.")
    List<Path> keyFiles = new ArrayList<>();

    TransferConfig config() throws ExitException {
        var keys = keys();
        var rules = new ArrayList<TransferRule>();
        for (var text : transfer) {
            rules.add(rule(text, keys));
        }
        var notified = new ArrayList<Neighbour>();
        for (var text : notify) {
            notified.add(neighbour("--notify", text, keys));
        }
        var primaries = new LinkedHashMap<DnsName, Neighbour>();
        for (var text : secondary) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw usage("--secondary", text, "ZONE=ADDRESS, as example.com=127.0.0.1:5300");
            }
            if (primaries.put(
                            zone(text.substring(0, equals)), neighbour("--secondary", text.substring(equals + 1), keys))
                    != null) {
                throw usage("--secondary", text, "a zone that is not there yet");
            }
        }
        return new TransferConfig(new TransferRules(keys, rules, primaries), notified, store);
    }

    private static DnsName zone(String text) throws ExitException {
        try {
            return DnsName.of(text);
        } catch (IllegalArgumentException e) {
            throw new ExitException(ExitCode.USAGE, "--secondary: " + e.getMessage(), e);
        }
    }

    private static TransferRule rule(String text, TsigKeys keys) throws ExitException {
        var parts = WITH_KEY.matcher(text);
        if (!parts.matches()) {
            throw usage("--transfer", text, "NETWORK or NETWORK,key=NAME");
        }
        try {
            var network = parts.group(1);
            var prefix = Prefix.parse(network.contains("/") ? network : network + "/32");
            return new TransferRule(
                    prefix, key("--transfer", parts.group(2), keys).map(TsigKey::name));
        } catch (IllegalArgumentException e) {
            throw new ExitException(ExitCode.USAGE, "--transfer: " + e.getMessage(), e);
        }
    }

    private static Neighbour neighbour(String option, String text, TsigKeys keys) throws ExitException {
        var parts = WITH_KEY.matcher(text);
        var endpoint = ENDPOINT.matcher(parts.matches() ? parts.group(1) : "");
        if (!endpoint.matches()) {
            throw usage(option, text, "ADDRESS, ADDRESS:PORT or one of them with ,key=NAME");
        }
        try {
            int port = endpoint.group(2) == null ? DNS_PORT : Integer.parseInt(endpoint.group(2));
            var address = new InetSocketAddress(Inet4Address.ofLiteral(endpoint.group(1)), port);
            return new Neighbour(address, key(option, parts.group(2), keys));
        } catch (IllegalArgumentException e) {
            throw new ExitException(ExitCode.USAGE, option + " " + text + ": " + e.getMessage(), e);
        }
    }

    private static Optional<TsigKey> key(String option, @Nullable String name, TsigKeys keys) throws ExitException {
        if (name == null) {
            return Optional.empty();
        }
        var key = keys.named(DnsName.of(name));
        if (key.isEmpty()) {
            throw new ExitException(
                    ExitCode.USAGE,
                    option + ": no key " + name + " in the files that --keys names; add it, or one of them");
        }
        return key;
    }

    private TsigKeys keys() throws ExitException {
        var keys = new ArrayList<TsigKey>();
        for (var file : keyFiles) {
            try {
                refuseOpen(file);
                keys.addAll(KeyFile.parse(Files.readString(file)));
            } catch (IOException e) {
                throw new ExitException(ExitCode.CONFIG, "cannot read the keys in " + file + ": " + e.getMessage(), e);
            } catch (IllegalArgumentException e) {
                throw new ExitException(ExitCode.CONFIG, file + ": " + e.getMessage(), e);
            }
        }
        try {
            return TsigKeys.of(keys);
        } catch (IllegalArgumentException e) {
            throw new ExitException(ExitCode.CONFIG, "--keys: " + e.getMessage(), e);
        }
    }

    private static void refuseOpen(Path file) throws IOException, ExitException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        var others = Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
        if (Files.getPosixFilePermissions(file).stream().anyMatch(others::contains)) {
            throw new ExitException(
                    ExitCode.CONFIG, "anybody may read the keys in " + file + "; say chmod 600 " + file);
        }
    }

    private static ExitException usage(String option, String text, String wanted) {
        return new ExitException(ExitCode.USAGE, option + " " + text + ": expected " + wanted);
    }
}

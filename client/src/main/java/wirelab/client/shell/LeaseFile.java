package wirelab.client.shell;

import java.io.IOException;
import java.io.StringReader;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import wirelab.client.engine.Lease;
import wirelab.client.engine.Tenancy;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.HardwareAddress;

/// A lease on the disk, from one run to the next: text, a `key=value` a line. Confined to one thread.
///
/// ```
/// address=10.20.30.51
/// server=10.20.30.40
/// seconds=3600
/// netmask=255.255.255.0
/// routers=10.20.30.1
/// dns=127.0.0.1
/// t1=2026-11-24T12:30:00Z
/// t2=2026-11-24T12:52:30Z
/// expiry=2026-11-24T13:00:00Z
/// ```
public final class LeaseFile {
    private final Path path;

    public LeaseFile(Path path) {
        this.path = path;
    }

    /// Where a client's lease on an interface is kept when nothing else is said: in `$XDG_STATE_HOME/wirelab`, or
    /// `~/.local/state/wirelab`.
    public static Path usual(Map<String, String> environment, String device, HardwareAddress chaddr) {
        var state = environment.getOrDefault("XDG_STATE_HOME", "");
        var home = state.isEmpty() ? Path.of(System.getProperty("user.home", ""), ".local", "state") : Path.of(state);
        return home.resolve("wirelab")
                .resolve("dhcp-" + device + "-" + chaddr.octets().toHex() + ".lease");
    }

    public Path path() {
        return path;
    }

    /// The lease that is kept there, if one is.
    ///
    /// @throws ExitException if the file holds something else
    public Optional<Tenancy> read() throws IOException, ExitException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        var values = new Properties();
        try {
            values.load(new StringReader(Files.readString(path)));
            return Optional.of(new Tenancy(
                    new Lease(
                            Inet4Address.ofLiteral(value(values, "address")),
                            Inet4Address.ofLiteral(value(values, "server")),
                            Duration.ofSeconds(Long.parseLong(value(values, "seconds"))),
                            addresses(values, "netmask").stream().findFirst(),
                            addresses(values, "routers"),
                            addresses(values, "dns")),
                    Instant.parse(value(values, "t1")),
                    Instant.parse(value(values, "t2")),
                    Instant.parse(value(values, "expiry"))));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    path + " is not a saved lease (" + e.getMessage() + "): remove it, or choose another by"
                            + " --lease-file",
                    e);
        }
    }

    /// Keeps a lease; whoever reads finds the old one or the new one, and no half of either.
    public void write(Tenancy tenancy) throws IOException {
        var lease = tenancy.lease();
        var text = Stream.of(
                        "address=" + lease.address().getHostAddress(),
                        "server=" + lease.server().getHostAddress(),
                        "seconds=" + lease.time().toSeconds(),
                        "netmask="
                                + lease.netmask()
                                        .map(Inet4Address::getHostAddress)
                                        .orElse(""),
                        "routers=" + names(lease.routers()),
                        "dns=" + names(lease.dnsServers()),
                        "t1=" + tenancy.t1(),
                        "t2=" + tenancy.t2(),
                        "expiry=" + tenancy.expiry())
                .collect(Collectors.joining("\n", "", "\n"));
        var folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var part = path.resolveSibling(path.getFileName() + ".part");
        Files.writeString(part, text);
        // Without ATOMIC_MOVE the JDK removes the old file before it gives the new one its name.
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Forgets the lease.
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private static String value(Properties values, String key) {
        var value = values.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }

    private static List<Inet4Address> addresses(Properties values, String key) {
        var text = value(values, key);
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(Inet4Address::ofLiteral).toList();
    }

    private static String names(List<Inet4Address> addresses) {
        return addresses.stream().map(Inet4Address::getHostAddress).collect(Collectors.joining(","));
    }
}

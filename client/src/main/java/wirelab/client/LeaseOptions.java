package wirelab.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import wirelab.client.shell.Hardware;
import wirelab.client.shell.LeaseConfig;
import wirelab.daemon.ExitException;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcp.Ipv4;

/// How to get an address by DHCP; a `@Mixin`.
final class LeaseOptions {
    @Option(
            names = "--interface",
            paramLabel = "NAME",
            defaultValue = "lo",
            description = "The interface that the address is for (default: ${DEFAULT-VALUE}).")
    String device = "lo";

    @Option(
            names = "--dhcp-server",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "255.255.255.255:67",
            description = "Where DHCP messages go (default: ${DEFAULT-VALUE}).")
    InetSocketAddress server = new InetSocketAddress(Ipv4.BROADCAST, DhcpMessage.SERVER_PORT);

    @Option(
            names = "--dhcp-client",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "0.0.0.0:68",
            description = "Where their answers come (default: ${DEFAULT-VALUE}).")
    InetSocketAddress client = new InetSocketAddress(Ipv4.ANY, DhcpMessage.CLIENT_PORT);

    @Option(
            names = "--chaddr",
            paramLabel = "MAC",
            converter = MacConverter.class,
            description = "The hardware address to be known by (default: the interface's; where it has none, one made"
                    + " from user and host, the same each time).")
    Optional<HardwareAddress> chaddr = Optional.empty();

    @Option(names = "--release", description = "Give the address back at the end: RELEASE, and off the interface.")
    boolean release;

    LeaseConfig config() throws IOException, ExitException {
        return new LeaseConfig(device, server, client, chaddr.isPresent() ? chaddr.get() : Hardware.of(device));
    }

    /// Reads `02:00:5e:10:00:01`.
    static final class MacConverter implements ITypeConverter<HardwareAddress> {
        @Override
        public HardwareAddress convert(String text) {
            try {
                return HardwareAddress.ethernet(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}

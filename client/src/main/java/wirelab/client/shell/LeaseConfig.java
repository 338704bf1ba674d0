package wirelab.client.shell;

import java.net.InetSocketAddress;
import wirelab.client.engine.DhcpSettings;
import wirelab.client.engine.Pace;
import wirelab.dhcp.HardwareAddress;

/// How to get an address. Immutable.
///
/// @param device the interface that the address is for
/// @param server where DISCOVER and REQUEST go, usually to all
/// @param client where replies come; 0.0.0.0 hears broadcasts
/// @param settings who the client is, and what it wants
/// @param raw whether each message is shown option by option
public record LeaseConfig(
        String device, InetSocketAddress server, InetSocketAddress client, DhcpSettings settings, boolean raw) {
    public LeaseConfig(String device, InetSocketAddress server, InetSocketAddress client, HardwareAddress chaddr) {
        this(device, server, client, DhcpSettings.of(chaddr, Pace.DHCP), false);
    }

    /// The same for a client that is another, or wants something else.
    public LeaseConfig with(DhcpSettings others) {
        return new LeaseConfig(device, server, client, others, raw);
    }

    /// The same, with each message shown option by option.
    public LeaseConfig showingOptions() {
        return new LeaseConfig(device, server, client, settings, true);
    }

    public HardwareAddress chaddr() {
        return settings.chaddr();
    }
}

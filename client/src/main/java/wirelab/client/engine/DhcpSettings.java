package wirelab.client.engine;

import java.util.List;
import java.util.Optional;
import wirelab.dhcp.HardwareAddress;
import wirelab.wire.Bytes;

/// Who a DHCP client is, and what it wants. Immutable.
///
/// @param chaddr the hardware address that it is known by
/// @param pace how often it asks again, while it has no address
/// @param clientId option 61, by which servers know it rather than by `chaddr`
/// @param hostName option 12
/// @param wanted codes of the options that it asks for, option 55
/// @param checks whether somebody looks if an address is in use, before it is used
public record DhcpSettings(
        HardwareAddress chaddr,
        Pace pace,
        Optional<Bytes> clientId,
        Optional<String> hostName,
        List<Integer> wanted,
        boolean checks) {

    public DhcpSettings {
        wanted = List.copyOf(wanted);
    }

    /// A client that says no more of itself than it must.
    public static DhcpSettings of(HardwareAddress chaddr, Pace pace) {
        return new DhcpSettings(chaddr, pace, Optional.empty(), Optional.empty(), List.of(), false);
    }

    /// The same with another pace.
    public DhcpSettings at(Pace other) {
        return new DhcpSettings(chaddr, other, clientId, hostName, wanted, checks);
    }

    /// The same, but addresses are looked for before they are used: see [DhcpClient#checking].
    public DhcpSettings checking() {
        return new DhcpSettings(chaddr, pace, clientId, hostName, wanted, true);
    }
}

package wirelab.dhcpserver.engine.network;

import java.util.List;
import java.util.stream.Collectors;
import wirelab.dhcp.Prefix;

/// One network: its addresses to lend, and what its clients are told. Immutable.
///
/// @param prefix its addresses
/// @param pools those that may be lent, none of which overlaps another; perhaps none, if only hosts are served
/// @param parameters what clients are told here
public record Subnet(Prefix prefix, List<AddressPool> pools, Parameters parameters) {
    public Subnet {
        pools = List.copyOf(pools);
    }

    /// The same, whose clients are told also what `general` says, where nothing else is said here.
    Subnet telling(Parameters general) {
        return new Subnet(prefix, pools, parameters.over(general));
    }

    /// Its pools as text, as `10.20.30.51-10.20.30.99`.
    public String poolText() {
        return pools.isEmpty()
                ? "(none)"
                : pools.stream().map(AddressPool::toString).collect(Collectors.joining(", "));
    }
}

package wirelab.dnsserver;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import wirelab.dhcp.Prefix;

/// The networks whose clients are answered; all of them if none is named. Immutable.
record Access(List<Prefix> networks) {
    Access {
        networks = List.copyOf(networks);
    }

    boolean isOpen() {
        return networks.isEmpty();
    }

    boolean allows(InetSocketAddress client) {
        return isOpen()
                || (client.getAddress() instanceof Inet4Address address
                        && networks.stream().anyMatch(network -> network.contains(address)));
    }
}

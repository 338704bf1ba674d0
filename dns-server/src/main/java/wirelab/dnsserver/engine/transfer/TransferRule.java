package wirelab.dnsserver.engine.transfer;

import java.net.Inet4Address;
import java.util.Optional;
import wirelab.dhcp.Prefix;
import wirelab.dns.DnsName;
import wirelab.dns.tsig.TsigKey;

/// Who may take zones: a network, and the key that it must have, if one is named. Immutable.
public record TransferRule(Prefix network, Optional<DnsName> key) {
    boolean allows(Inet4Address address, Optional<TsigKey> shown) {
        return network.contains(address) && (key.isEmpty() || key.equals(shown.map(TsigKey::name)));
    }
}

package wirelab.dnsserver.engine.transfer;

import java.net.Inet4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wirelab.dns.DnsName;
import wirelab.dns.tsig.TsigKey;
import wirelab.dns.tsig.TsigKeys;

/// What is agreed with other servers. Immutable.
///
/// @param keys what requests may be signed with
/// @param allowed who may take zones: nobody, if it is empty
/// @param primaries where the zones that are copies come from
public record TransferRules(TsigKeys keys, List<TransferRule> allowed, Map<DnsName, Neighbour> primaries) {
    public static final TransferRules NONE = new TransferRules(TsigKeys.NONE, List.of(), Map.of());

    public TransferRules {
        allowed = List.copyOf(allowed);
        primaries = Map.copyOf(primaries);
    }

    public boolean mayTake(Inet4Address address, Optional<TsigKey> key) {
        return allowed.stream().anyMatch(rule -> rule.allows(address, key));
    }

    /// Whether a client is the primary of that zone, as far as it can be told: by the key that was agreed on, or else
    /// by
    /// its address (RFC 1996 section 3.10).
    public boolean isPrimary(DnsName zone, Inet4Address address, Optional<TsigKey> key) {
        var primary = Optional.ofNullable(primaries.get(zone));
        return primary.filter(one -> one.key().isPresent()
                        ? one.key().equals(key)
                        : address.equals(one.address().getAddress()))
                .isPresent();
    }
}

package wirelab.dnsserver.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import wirelab.dns.DnsName;
import wirelab.dns.RecordType;

/// The zones that are served. Immutable.
public final class Zones {
    private final Map<DnsName, Zone> byOrigin;

    private Zones(Map<DnsName, Zone> byOrigin) {
        this.byOrigin = byOrigin;
    }

    /// All of these.
    ///
    /// @throws IllegalArgumentException if two have one origin
    public static Zones of(Collection<Zone> zones) {
        var byOrigin = new HashMap<DnsName, Zone>();
        for (var zone : zones) {
            if (byOrigin.put(zone.origin(), zone) != null) {
                throw new IllegalArgumentException("the zone " + zone.origin() + " is there twice");
            }
        }
        return new Zones(byOrigin);
    }

    /// The zone that answers for a name: the one whose origin is nearest above it, but for DS, which the parent has.
    Optional<Zone> holding(DnsName name, RecordType type) {
        boolean fromParent = type.equals(RecordType.DS) && !name.isRoot();
        var above = fromParent ? nearest(name.parent()) : Optional.<Zone>empty();
        return above.or(() -> nearest(name));
    }

    private Optional<Zone> nearest(DnsName name) {
        for (var at = name; ; at = at.parent()) {
            var zone = byOrigin.get(at);
            if (zone != null || at.isRoot()) {
                return Optional.ofNullable(zone);
            }
        }
    }
}

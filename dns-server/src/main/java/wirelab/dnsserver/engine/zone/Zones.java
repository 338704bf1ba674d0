package wirelab.dnsserver.engine.zone;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import wirelab.dns.DnsName;
import wirelab.dns.RecordType;
import wirelab.wire.WireWriter;

/// The zones that are served. Immutable.
public final class Zones {
    private static final int MAX = 0x7fff;

    private final List<Zone> zones;
    private final byte[] octets;
    private final NameTable byOrigin;

    private Zones(List<Zone> zones) {
        this.zones = List.copyOf(zones);
        var out = new WireWriter();
        int[] places = new int[zones.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = out.position();
            out.bytes(zones.get(i).origin().toBytes()).u16(i);
        }
        octets = out.toBytes().toArray();
        byOrigin = new NameTable(octets, places.length);
        for (int i = 0; i < places.length; i++) {
            byOrigin.add(zones.get(i).origin(), places[i]);
        }
    }

    /// All of these.
    ///
    /// @throws IllegalArgumentException if two have one origin, or they are more than 32,767
    public static Zones of(List<Zone> zones) {
        if (zones.size() > MAX) {
            throw new IllegalArgumentException(zones.size() + " zones; 32767 is the most");
        }
        var origins = new HashSet<DnsName>();
        for (var zone : zones) {
            if (!origins.add(zone.origin())) {
                throw new IllegalArgumentException("the zone " + zone.origin() + " is there twice");
            }
        }
        return new Zones(zones);
    }

    public List<Zone> all() {
        return zones;
    }

    /// The zone that answers for a name.
    public Optional<Zone> holding(DnsName name, RecordType type) {
        int index = holding(NameKey.of(name), type.number());
        return index < 0 ? Optional.empty() : Optional.of(zones.get(index));
    }

    /// The zone that answers for a name, by its place in [#all]: the one whose origin is nearest above it, but for DS,
    /// which the parent has.
    ///
    /// @return -1 if there is none
    public int holding(NameKey name, int type) {
        int from = type == RecordType.DS.number() && name.labels() > 0 ? 1 : 0;
        int zone = nearest(name, from);
        return zone < 0 && from == 1 ? nearest(name, 0) : zone;
    }

    private int nearest(NameKey name, int from) {
        for (int end = from; end <= name.labels(); end++) {
            int at = byOrigin.find(name, end);
            if (at != NameTable.NONE) {
                return indexAfter(at);
            }
        }
        return -1;
    }

    private int indexAfter(int name) {
        int at = name;
        while (octets[at] != 0) {
            at += 1 + octets[at];
        }
        return Byte.toUnsignedInt(octets[at + 1]) << 8 | Byte.toUnsignedInt(octets[at + 2]);
    }
}

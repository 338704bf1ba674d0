package wirelab.dnsserver.engine.zone;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import wirelab.dns.DnsName;
import wirelab.dns.RecordType;
import wirelab.wire.WireWriter;

/// The zones that are served. Immutable.
public final class Zones {
    private static final int MAX = 0x7fff;

    private static final int NOT_HERE = -2;

    /// In the place of a zone's index: the zone is ours to answer for, but is not here.
    private static final int ABSENT = 0xffff;

    private final List<Zone> zones;
    private final byte[] octets;
    private final NameTable byOrigin;

    private Zones(List<Zone> zones, List<DnsName> absent) {
        this.zones = List.copyOf(zones);
        var origins = new ArrayList<>(zones.stream().map(Zone::origin).toList());
        origins.addAll(absent);
        var out = new WireWriter();
        int[] places = new int[origins.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = out.position();
            out.bytes(origins.get(i).toBytes()).u16(i < zones.size() ? i : ABSENT);
        }
        octets = out.toBytes().toArray();
        byOrigin = new NameTable(octets, places.length);
        for (int i = 0; i < places.length; i++) {
            byOrigin.add(origins.get(i), places[i]);
        }
    }

    /// All of these.
    ///
    /// @throws IllegalArgumentException if two have one origin, or they are more than 32,767
    public static Zones of(List<Zone> zones) {
        return of(zones, List.of());
    }

    /// All of these, and the origins of zones that are ours to answer for, but could not be had.
    public static Zones of(List<Zone> zones, List<DnsName> absent) {
        if (zones.size() + absent.size() > MAX) {
            throw new IllegalArgumentException(zones.size() + absent.size() + " zones; 32767 is the most");
        }
        var origins = new HashSet<DnsName>();
        for (var zone : zones) {
            if (!origins.add(zone.origin())) {
                throw new IllegalArgumentException("the zone " + zone.origin() + " is there twice");
            }
        }
        for (var origin : absent) {
            if (!origins.add(origin)) {
                throw new IllegalArgumentException("the zone " + origin + " is there twice");
            }
        }
        return new Zones(zones, absent);
    }

    public List<Zone> all() {
        return zones;
    }

    /// The zone that answers for a name.
    public Optional<Zone> holding(DnsName name, RecordType type) {
        int index = holding(NameKey.of(name), type.number());
        return index < 0 ? Optional.empty() : Optional.of(zones.get(index));
    }

    /// The zone of this very name.
    public Optional<Zone> at(DnsName origin) {
        int index = indexOf(origin);
        return index < 0 || index == ABSENT ? Optional.empty() : Optional.of(zones.get(index));
    }

    /// Whether the zone of this very name is ours to answer for, but not here.
    public boolean isAbsent(DnsName origin) {
        return indexOf(origin) == ABSENT;
    }

    /// Whether a name is of a zone that is not here.
    public boolean isOfAbsent(DnsName name, RecordType type) {
        return holding(NameKey.of(name), type.number()) == NOT_HERE;
    }

    private int indexOf(DnsName origin) {
        int at = byOrigin.find(NameKey.of(origin), 0);
        return at == NameTable.NONE ? -1 : indexAfter(at);
    }

    /// The zone that answers for a name, by its place in [#all]: the one whose origin is nearest above it, but for DS,
    /// which the parent has.
    ///
    /// @return -1 if there is none; -2 if there should be
    public int holding(NameKey name, int type) {
        int from = type == RecordType.DS.number() && name.labels() > 0 ? 1 : 0;
        int zone = nearest(name, from);
        zone = zone < 0 && from == 1 ? nearest(name, 0) : zone;
        return zone == ABSENT ? NOT_HERE : zone;
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

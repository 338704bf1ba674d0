package wirelab.dnsserver.engine.zone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.ResourceRecord;

/// What turns one version of a zone into the next. Immutable.
///
/// @param from the SOA of the earlier version
/// @param to the SOA of the later one
/// @param removed the records that go, but for the SOA
/// @param added those that come
/// @spec https://www.rfc-editor.org/rfc/rfc1995#section-4 RFC 1995
public record Difference(
        ResourceRecord from, ResourceRecord to, List<ResourceRecord> removed, List<ResourceRecord> added) {
    public Difference {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    public long fromSerial() {
        return serial(from);
    }

    public long toSerial() {
        return serial(to);
    }

    /// How many records it takes on the wire.
    public int size() {
        return removed.size() + added.size() + 2;
    }

    /// The version that an SOA names.
    ///
    /// @throws IllegalArgumentException if it is none
    public static long serial(ResourceRecord soa) {
        if (soa.data() instanceof Rdata.Soa data) {
            return data.serial();
        }
        throw new IllegalArgumentException(soa.type() + " is no SOA");
    }

    /// Whether the serial `a` is later than `b`, in the arithmetic of RFC 1982.
    public static boolean isLater(long a, long b) {
        return (int) (a - b) > 0;
    }

    /// Compares two versions, name by name.
    ///
    /// @param most how many records may differ
    /// @return empty if it is more
    public static Optional<Difference> between(Zone old, Zone current, int most) {
        var removed = new ArrayList<ResourceRecord>();
        var added = new ArrayList<ResourceRecord>();
        int[] before = old.order();
        int[] after = current.order();
        int i = 0;
        int j = 0;
        while ((i < before.length || j < after.length) && removed.size() + added.size() <= most) {
            int order = i == before.length
                    ? 1
                    : j == after.length ? -1 : old.nameAt(before[i]).compareTo(current.nameAt(after[j]));
            if (order != 0 || !old.sameSets(before[i], current, after[j])) {
                var gone = order <= 0 ? recordsAt(old, before[i]) : List.<ResourceRecord>of();
                var come = order >= 0 ? recordsAt(current, after[j]) : List.<ResourceRecord>of();
                addUnlike(gone, come, removed, added);
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        addUnlike(old.denial().ring(), current.denial().ring(), removed, added);
        return removed.size() + added.size() > most
                ? Optional.empty()
                : Optional.of(new Difference(old.soa(), current.soa(), removed, added));
    }

    private static List<ResourceRecord> recordsAt(Zone zone, int node) {
        return zone.node(node)
                .everything()
                .filter(record -> !(record.data() instanceof Rdata.Soa))
                .toList();
    }

    private static void addUnlike(
            List<ResourceRecord> before,
            List<ResourceRecord> after,
            List<ResourceRecord> removed,
            List<ResourceRecord> added) {
        var old = new HashSet<>(before);
        var current = new HashSet<>(after);
        before.stream().filter(record -> !current.contains(record)).forEach(removed::add);
        after.stream().filter(record -> !old.contains(record)).forEach(added::add);
    }

    /// What makes a record that one: its lifetime does not.
    private record Key(DnsName name, Rdata data) {
        static Key of(ResourceRecord record) {
            return new Key(record.name(), record.data());
        }
    }

    /// The zone after all these changes.
    ///
    /// @throws IllegalArgumentException if they begin at another version, or remove what is not there
    public static Zone applied(Zone zone, List<Difference> differences) {
        Map<Key, ResourceRecord> records = HashMap.newHashMap(zone.names() * 2);
        zone.records().forEach(record -> records.put(Key.of(record), record));
        var soa = zone.soa();
        for (var difference : differences) {
            if (difference.fromSerial() != serial(soa)) {
                throw new IllegalArgumentException(
                        "changes from serial " + difference.fromSerial() + ", but this is " + serial(soa));
            }
            for (var record : difference.removed) {
                if (records.remove(Key.of(record)) == null) {
                    throw new IllegalArgumentException(record.name() + " has no such " + record.type() + " to remove");
                }
            }
            difference.added.forEach(record -> records.put(Key.of(record), record));
            soa = difference.to;
        }
        return Zone.of(
                zone.origin(),
                Stream.concat(Stream.of(soa), records.values().stream()).toList());
    }
}

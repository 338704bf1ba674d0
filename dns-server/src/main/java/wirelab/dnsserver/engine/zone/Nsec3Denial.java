package wirelab.dnsserver.engine.zone;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;

/// Proofs by NSEC3: hashes of names in a ring, so that nobody reads the zone's names from them. Immutable.
///
/// @param byHash the records and their signatures, by the hash that is their name's first label; in upper case, as the
///     order of base32hex is the order of what it spells
/// @spec https://www.rfc-editor.org/rfc/rfc5155#section-7.2 RFC 5155
record Nsec3Denial(DnsName origin, Nsec3Hash hash, NavigableMap<String, List<ResourceRecord>> byHash)
        implements Denial {
    static Denial of(DnsName origin, List<ResourceRecord> records) {
        var byName = new HashMap<String, List<ResourceRecord>>();
        var first = new ArrayList<>(records);
        first.sort(Comparator.comparing(record -> record.type().equals(RecordType.RRSIG)));
        for (var record : first) {
            byName.computeIfAbsent(label(record.name()), _ -> new ArrayList<>()).add(record);
        }
        byName.values().removeIf(here -> !here.getFirst().type().equals(RecordType.NSEC3));
        return first.getFirst().data() instanceof Rdata.Unknown(var _, var octets)
                ? new Nsec3Denial(origin, Nsec3Hash.of(octets), new TreeMap<>(byName))
                : new None();
    }

    private static String label(DnsName name) {
        return name.labels().getFirst().toLatin1().toUpperCase(Locale.ROOT);
    }

    @Override
    public List<ResourceRecord> ring() {
        return byHash.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public List<ResourceRecord> noData(DnsName name) {
        var own = matching(name);
        if (!own.isEmpty()) {
            return own;
        }
        // Section 7.2.4: an unsigned delegation that was left out of the ring, or a name with only such below it.
        var encloser = provable(name);
        return joined(List.of(matching(encloser), covering(nearer(name, encloser))));
    }

    @Override
    public List<ResourceRecord> noName(DnsName name, DnsName above) {
        var encloser = provable(above);
        return joined(List.of(matching(encloser), covering(nearer(name, encloser)), covering(encloser.child("*"))));
    }

    @Override
    public List<ResourceRecord> noNearer(DnsName name, DnsName encloser) {
        return covering(nearer(name, encloser));
    }

    @Override
    public List<ResourceRecord> noDataInWildcard(DnsName name, DnsName encloser) {
        return joined(List.of(matching(encloser), covering(nearer(name, encloser)), matching(encloser.child("*"))));
    }

    /// The nearest name, at `name` or above it, that is in the ring.
    private DnsName provable(DnsName name) {
        var at = name;
        while (!at.equals(origin) && matching(at).isEmpty()) {
            at = at.parent();
        }
        return at;
    }

    /// The name one label longer than `encloser`, on the way to `name` (RFC 5155 section 1.3: the next closer name).
    private static DnsName nearer(DnsName name, DnsName encloser) {
        var at = name;
        while (at.depth() > encloser.depth() + 1) {
            at = at.parent();
        }
        return at;
    }

    private List<ResourceRecord> matching(DnsName name) {
        return byHash.getOrDefault(hash.label(name), List.of());
    }

    /// The record before the name's hash: the last one goes round to the first.
    private List<ResourceRecord> covering(DnsName name) {
        var before = byHash.lowerEntry(hash.label(name));
        return (before == null ? byHash.lastEntry() : before).getValue();
    }

    private static List<ResourceRecord> joined(List<List<ResourceRecord>> parts) {
        var all = new LinkedHashSet<ResourceRecord>();
        parts.forEach(all::addAll);
        return List.copyOf(all);
    }
}

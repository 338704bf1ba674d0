package wirelab.dnsserver.engine.zone;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Question;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// Lays a zone's records out as [Zone] has them, in one pass over its names in canonical order: a name comes after all
/// those above it. Confined to one thread.
final class ZoneBuilder {
    /// A name that the pass is at, or below.
    private record Above(DnsName name, int at, int barrier, boolean dname) {}

    private final DnsName origin;
    private final WireWriter out = new WireWriter(1 << 12);
    private final Deque<Above> path = new ArrayDeque<>();
    private final List<DnsName> names = new ArrayList<>();
    private int[] order = new int[16];

    ZoneBuilder(DnsName origin) {
        this.origin = origin;
    }

    Zone build(List<ResourceRecord> records) {
        for (var record : records) {
            if (!record.name().isWithin(origin)) {
                throw new IllegalArgumentException(record.name() + " is outside of the zone " + origin);
            }
        }
        var sorted = records.stream().filter(record -> !isNsec3(record)).toArray(ResourceRecord[]::new);
        Arrays.sort(sorted, Comparator.comparing(ResourceRecord::name));
        if (sorted.length == 0 || !sorted[0].name().equals(origin)) {
            throw new IllegalArgumentException("a zone wants exactly one SOA at its origin, not 0");
        }
        for (int from = 0, to; from < sorted.length; from = to) {
            to = from + 1;
            while (to < sorted.length && sorted[to].name().equals(sorted[from].name())) {
                to++;
            }
            withAllAbove(sorted[from].name(), sets(Arrays.asList(sorted).subList(from, to)));
        }
        var octets = out.toBytes().toArray();
        var table = new NameTable(octets, names.size());
        for (int i = 0; i < names.size(); i++) {
            table.add(names.get(i), order[i]);
        }
        var nsec3 = records.stream().filter(ZoneBuilder::isNsec3).toList();
        return new Zone(origin, octets, table, Arrays.copyOf(order, names.size()), nsec3);
    }

    // NSEC3 records are at names that nobody asks for, and that are not there (RFC 5155 section 7.2.8).
    private static boolean isNsec3(ResourceRecord record) {
        var type = record.type();
        return (type.equals(RecordType.RRSIG) ? Signatures.covered(record) : type).equals(RecordType.NSEC3);
    }

    private static Map<RecordType, List<ResourceRecord>> sets(List<ResourceRecord> records) {
        var sets = new LinkedHashMap<RecordType, List<ResourceRecord>>();
        records.forEach(record ->
                sets.computeIfAbsent(record.type(), _ -> new ArrayList<>()).add(record));
        sets.replaceAll((_, set) -> alike(set));
        return sets;
    }

    // No record twice, and one lifetime for all: the lowest (RFC 2181 sections 5 and 5.2); but signatures have those of
    // what they sign (RFC 4034 section 3).
    private static List<ResourceRecord> alike(List<ResourceRecord> set) {
        if (set.size() == 1 || set.getFirst().type().equals(RecordType.RRSIG)) {
            return set.stream().distinct().toList();
        }
        long ttl = set.stream().mapToLong(ResourceRecord::ttl).min().orElse(0);
        return set.stream().map(record -> record.withTtl(ttl)).distinct().toList();
    }

    private void withAllAbove(DnsName name, Map<RecordType, List<ResourceRecord>> sets) {
        while (!path.isEmpty() && !name.isWithin(path.getLast().name())) {
            path.removeLast();
        }
        var missing = new ArrayDeque<DnsName>();
        for (var at = name; !at.equals(origin) && !at.parent().equals(nearest()); at = at.parent()) {
            missing.addFirst(at.parent());
        }
        missing.forEach(above -> node(above, Map.of()));
        node(name, sets);
    }

    private DnsName nearest() {
        return path.isEmpty() ? origin : path.getLast().name();
    }

    private void node(DnsName name, Map<RecordType, List<ResourceRecord>> sets) {
        int at = out.position();
        boolean cut = sets.containsKey(RecordType.NS) && !name.equals(origin);
        boolean dname = sets.containsKey(RecordType.DNAME);
        int barrier = barrier(cut ? at : Zone.NONE);
        if (name.isWildcard() && !path.isEmpty()) {
            patch(path.getLast(), Zone.WILDCARD, at);
        }
        var signatures = new Signatures(sets.getOrDefault(RecordType.RRSIG, List.of()), sets.keySet());
        var visible = new LinkedHashMap<>(sets);
        visible.remove(RecordType.RRSIG);
        if (!signatures.orphans().isEmpty()) {
            visible.put(RecordType.RRSIG, signatures.orphans());
        }
        out.bytes(name.toBytes()).u32(barrier).u32(Zone.NONE);
        out.u8((cut ? Zone.CUT : 0) | (dname ? Zone.DNAME : 0)).u16(visible.size());
        visible.forEach((type, set) -> set(name, type, set, signatures.of(type)));
        path.addLast(new Above(name, at, barrier, dname));
        if (order.length == names.size()) {
            order = Arrays.copyOf(order, 2 * order.length);
        }
        order[names.size()] = at;
        names.add(name);
    }

    private int barrier(int own) {
        if (path.isEmpty()) {
            return Zone.NONE;
        }
        var above = path.getLast();
        return above.barrier() != Zone.NONE ? above.barrier() : above.dname() ? above.at() : own;
    }

    private void set(DnsName name, RecordType type, List<ResourceRecord> records, List<ResourceRecord> signatures) {
        var octets = answer(name, type, records);
        var signed = answer(name, type, signatures);
        out.u16(type.number()).u16(records.size()).u16(octets.size());
        out.u16(signatures.size()).u16(signed.size());
        out.bytes(octets).bytes(signed);
    }

    /// What follows the question in the answer to one about this name and type.
    private static Bytes answer(DnsName name, RecordType type, List<ResourceRecord> records) {
        if (records.isEmpty()) {
            return Bytes.EMPTY;
        }
        var message = new DnsMessage(
                DnsHeader.query(0, false), List.of(new Question(name, type)), records, List.of(), List.of());
        return DnsCodec.encodeWithin(message, DnsCodec.MAX_OCTETS)
                .map(octets -> octets.slice(DnsCodec.HEADER_OCTETS + name.size() + 4, octets.size()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the " + type + " records at " + name + " are more than a message of 65535 octets can hold"));
    }

    private void patch(Above node, int field, int value) {
        int at = node.at() + node.name().size() + field;
        out.patchU16(at, value >>> 16);
        out.patchU16(at + 2, value);
    }

    /// A name's signatures, by the type that they cover: the first two octets of their data (RFC 4034 section 3.1.1).
    private record Signatures(List<ResourceRecord> all, Set<RecordType> types) {
        List<ResourceRecord> of(RecordType type) {
            return all.stream().filter(one -> covered(one).equals(type)).toList();
        }

        List<ResourceRecord> orphans() {
            return all.stream().filter(one -> !types.contains(covered(one))).toList();
        }

        private static RecordType covered(ResourceRecord signature) {
            return signature.data() instanceof Rdata.Unknown(var _, var octets) && octets.size() > 1
                    ? new RecordType(octets.at(0) << 8 | octets.at(1))
                    : RecordType.RRSIG;
        }
    }
}

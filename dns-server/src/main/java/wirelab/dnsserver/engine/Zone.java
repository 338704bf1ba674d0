package wirelab.dnsserver.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;

/// A part of the tree that we have authority for. Immutable.
///
/// A map from name to node, in which each name between the origin and a record's owner has a node too, if an empty one:
/// such a name exists (RFC 8020), so that a wildcard beside it does not stand for it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1034#section-4.3 RFC 1034
/// @spec https://www.rfc-editor.org/rfc/rfc4592 RFC 4592
public final class Zone {
    private final DnsName origin;
    private final Map<DnsName, Node> nodes;
    private final ResourceRecord negative;

    private Zone(DnsName origin, Map<DnsName, Node> nodes) {
        this.origin = origin;
        this.nodes = nodes;
        this.negative = negative(nodes.getOrDefault(origin, Node.EMPTY));
    }

    /// The zone of these records, each at `origin` or below it.
    ///
    /// @throws IllegalArgumentException if one is not, or there is not exactly one SOA
    public static Zone of(DnsName origin, List<ResourceRecord> records) {
        var sets = new HashMap<DnsName, Map<RecordType, List<ResourceRecord>>>();
        for (var record : records) {
            if (!record.name().isWithin(origin)) {
                throw new IllegalArgumentException(record.name() + " is outside of the zone " + origin);
            }
            sets.computeIfAbsent(record.name(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(record.type(), _ -> new ArrayList<>())
                    .add(record);
        }
        var nodes = new HashMap<DnsName, Node>();
        sets.forEach((name, byType) -> {
            byType.replaceAll((_, set) -> alike(set));
            nodes.put(name, new Node(byType));
            for (var above = name; !above.equals(origin); above = above.parent()) {
                nodes.putIfAbsent(above, Node.EMPTY);
            }
        });
        return new Zone(origin, nodes);
    }

    // No record twice, and one lifetime for all: the lowest (RFC 2181 sections 5 and 5.2).
    private static List<ResourceRecord> alike(List<ResourceRecord> set) {
        long ttl = set.stream().mapToLong(ResourceRecord::ttl).min().orElse(0);
        return set.stream().map(record -> record.withTtl(ttl)).distinct().toList();
    }

    // What says that there is nothing, and for how long that may be kept (RFC 2308 section 3).
    private static ResourceRecord negative(Node apex) {
        var soas = apex.set(RecordType.SOA);
        if (soas.size() != 1 || !(soas.getFirst().data() instanceof Rdata.Soa soa)) {
            throw new IllegalArgumentException("a zone wants exactly one SOA at its origin, not " + soas.size());
        }
        var record = soas.getFirst();
        return record.withTtl(Math.min(record.ttl(), soa.minimum()));
    }

    public DnsName origin() {
        return origin;
    }

    public int names() {
        return nodes.size();
    }

    ResourceRecord negative() {
        return negative;
    }

    /// Walks from the origin down to `name`, the way of RFC 1034 section 4.3.2, step 3.
    ///
    /// @param name at the origin or below it
    Lookup find(DnsName name, RecordType type) {
        var encloser = origin;
        for (var at : path(name)) {
            var node = nodes.get(at);
            if (node == null) {
                return fromWildcard(encloser, name, type); // step 3 c
            }
            boolean arrived = at.equals(name);
            // Step 3 b; of the records at a cut, only DS is the parent's (RFC 4035 section 3.1.4.1).
            if (node.has(RecordType.NS) && !at.equals(origin) && !(arrived && type.equals(RecordType.DS))) {
                return referral(node.set(RecordType.NS));
            }
            if (node.has(RecordType.DNAME) && !arrived) {
                return redirect(node.set(RecordType.DNAME), name);
            }
            encloser = at;
        }
        return at(nodes.getOrDefault(name, Node.EMPTY), name, type); // step 3 a
    }

    private List<DnsName> path(DnsName name) {
        var path = new ArrayList<DnsName>();
        for (var at = name; !at.equals(origin); at = at.parent()) {
            path.addFirst(at);
        }
        path.addFirst(origin);
        return path;
    }

    private static Lookup at(Node node, DnsName name, RecordType type) {
        if (type.equals(RecordType.ANY)) {
            return node.sets().isEmpty() ? new Lookup.NoData() : new Lookup.Found(named(node.all(), name));
        }
        if (node.has(type)) {
            return new Lookup.Found(named(node.set(type), name));
        }
        if (node.has(RecordType.CNAME)) {
            var alias = named(node.set(RecordType.CNAME), name);
            if (alias.getFirst().data() instanceof Rdata.Cname(var target)) {
                return new Lookup.Alias(alias, target);
            }
        }
        return new Lookup.NoData();
    }

    private Lookup fromWildcard(DnsName encloser, DnsName name, RecordType type) {
        var source = nodes.get(DnsName.of("*").under(encloser));
        return source == null ? new Lookup.NoName() : at(source, name, type);
    }

    // Records that a wildcard stands for get the name that was asked for (RFC 4592 section 3.3.1).
    private static List<ResourceRecord> named(List<ResourceRecord> set, DnsName name) {
        return set.getFirst().name().equals(name)
                ? set
                : set.stream().map(record -> record.withName(name)).toList();
    }

    private Lookup.Referral referral(List<ResourceRecord> servers) {
        var glue = new ArrayList<ResourceRecord>();
        for (var server : servers) {
            if (server.data() instanceof Rdata.Ns(var name)) {
                var node = nodes.getOrDefault(name, Node.EMPTY);
                glue.addAll(node.set(RecordType.A));
                glue.addAll(node.set(RecordType.AAAA));
            }
        }
        return new Lookup.Referral(servers, glue);
    }

    // RFC 6672 section 3.2, step 3 c: the DNAME, and a CNAME made from it for who does not know DNAME.
    private static Lookup redirect(List<ResourceRecord> dname, DnsName name) {
        var record = dname.getFirst();
        if (!(record.data() instanceof Rdata.Dname(var target))) {
            throw new IllegalStateException("no DNAME at " + record.name());
        }
        var labels = name.labels().subList(0, name.depth() - record.name().depth());
        try {
            var moved = DnsName.ofLabels(labels).under(target);
            var alias = new ResourceRecord(name, record.ttl(), new Rdata.Cname(moved));
            return new Lookup.Alias(List.of(record, alias), moved);
        } catch (IllegalArgumentException e) {
            return new Lookup.TooLong(dname);
        }
    }
}

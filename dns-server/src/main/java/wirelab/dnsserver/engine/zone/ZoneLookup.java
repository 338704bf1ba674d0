package wirelab.dnsserver.engine.zone;

import java.util.ArrayList;
import java.util.List;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;

/// One question to a zone, and the records that answer it. Immutable.
record ZoneLookup(Zone zone, DnsName name, Wanted wanted) {
    Lookup answer() {
        var search = new Search();
        search.find(zone, NameKey.of(name), wanted.type().number());
        var node = zone.node(search.node());
        return switch (search.kind()) {
            case NODE -> at(node, List.of(), () -> proofs().noData(name));
            case CUT -> referral(node);
            case DNAME -> redirect(node);
            case WILDCARD -> {
                var encloser = zone.node(search.encloser()).name();
                yield at(node, proofs().noNearer(name, encloser), () -> proofs().noDataInWildcard(name, encloser));
            }
            case NOTHING -> new Lookup.NoName(no(proofs().noName(name, node.name())));
        };
    }

    private boolean dnssec() {
        return wanted.dnssec() && zone.signed();
    }

    private Denial proofs() {
        return dnssec() ? zone.denial() : new Denial.None();
    }

    /// Only made when nothing is found.
    private interface Proof {
        List<ResourceRecord> make();
    }

    private Lookup at(Node node, List<ResourceRecord> wildcardProof, Proof noData) {
        var records = records(node);
        if (!records.isEmpty()) {
            return new Lookup.Found(named(records), wildcardProof);
        }
        var alias = isBesideAlias() ? List.<ResourceRecord>of() : with(node, RecordType.CNAME);
        if (!alias.isEmpty() && alias.getFirst().data() instanceof Rdata.Cname(var target)) {
            return new Lookup.Alias(named(alias), target, wildcardProof);
        }
        return new Lookup.NoData(no(noData.make()));
    }

    // These stand beside a CNAME, and speak of the alias itself (RFC 4035 section 2.5).
    private boolean isBesideAlias() {
        return wanted.is(RecordType.NSEC) || wanted.is(RecordType.RRSIG);
    }

    private List<ResourceRecord> records(Node node) {
        if (wanted.is(RecordType.RRSIG)) {
            var signatures = new ArrayList<>(node.allSignatures());
            signatures.addAll(node.set(RecordType.RRSIG));
            return signatures;
        }
        if (wanted.is(RecordType.ANY)) {
            return node.types().stream()
                    .limit(wanted.oneSet() ? 1 : Integer.MAX_VALUE)
                    .flatMap(type -> with(node, type).stream())
                    .toList();
        }
        return with(node, wanted.type());
    }

    private List<ResourceRecord> with(Node node, RecordType set) {
        var records = node.set(set);
        if (!dnssec() || records.isEmpty()) {
            return records;
        }
        var signed = new ArrayList<>(records);
        signed.addAll(node.signatures(set));
        return signed;
    }

    // Records that a wildcard stands for get the name that was asked for (RFC 4592 section 3.3.1).
    private List<ResourceRecord> named(List<ResourceRecord> set) {
        return set.getFirst().name().equals(name)
                ? set
                : set.stream().map(record -> record.withName(name)).toList();
    }

    // RFC 2308 section 3; the signature is kept for no longer than the SOA.
    private List<ResourceRecord> no(List<ResourceRecord> proof) {
        var authority = new ArrayList<ResourceRecord>();
        authority.add(zone.negative());
        if (dnssec()) {
            zone.node(Zone.APEX).signatures(RecordType.SOA).stream()
                    .map(signature -> signature.withTtl(zone.negative().ttl()))
                    .forEach(authority::add);
        }
        authority.addAll(proof);
        return authority;
    }

    private Lookup.Referral referral(Node cut) {
        var servers = new ArrayList<>(cut.set(RecordType.NS));
        var glue = new ArrayList<ResourceRecord>();
        for (var server : cut.set(RecordType.NS)) {
            if (server.data() instanceof Rdata.Ns(var host)) {
                glue.addAll(addresses(host));
            }
        }
        if (dnssec()) {
            // RFC 4035 section 3.1.4: the DS, or the proof that there is none.
            var ds = with(cut, RecordType.DS);
            servers.addAll(ds.isEmpty() ? zone.denial().noData(cut.name()) : ds);
        }
        return new Lookup.Referral(servers, glue);
    }

    private List<ResourceRecord> addresses(DnsName host) {
        int at = zone.table().find(NameKey.of(host), 0);
        if (at == NameTable.NONE) {
            return List.of();
        }
        var addresses = new ArrayList<>(zone.node(at).set(RecordType.A));
        addresses.addAll(zone.node(at).set(RecordType.AAAA));
        return addresses;
    }

    // RFC 6672 section 3.2, step 3 c: the DNAME, and a CNAME made from it for who does not know DNAME.
    private Lookup redirect(Node node) {
        var records = with(node, RecordType.DNAME);
        var record = records.getFirst();
        if (!(record.data() instanceof Rdata.Dname(var target))) {
            throw new IllegalStateException("no DNAME at " + record.name());
        }
        var labels = name.labels().subList(0, name.depth() - record.name().depth());
        try {
            var moved = DnsName.ofLabels(labels).under(target);
            var both = new ArrayList<>(records);
            both.add(new ResourceRecord(name, record.ttl(), new Rdata.Cname(moved)));
            boolean answers = wanted.is(RecordType.CNAME) || wanted.is(RecordType.ANY);
            return answers ? new Lookup.Found(both, List.of()) : new Lookup.Alias(both, moved, List.of());
        } catch (IllegalArgumentException e) {
            return new Lookup.TooLong(records);
        }
    }
}

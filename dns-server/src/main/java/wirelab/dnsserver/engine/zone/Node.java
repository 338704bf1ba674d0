package wirelab.dnsserver.engine.zone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsName;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// What a zone has at one name: record sets by type, or none at all where there are only names below. Immutable.
///
/// @param at where in the zone's octets it begins
record Node(Zone zone, int at) {
    DnsName name() {
        return DnsName.ofWire(octets(at, at + zone.nameSize(at)));
    }

    boolean has(RecordType type) {
        return zone.set(at, type.number()) != Zone.NONE;
    }

    /// The records of this type, without their signatures.
    List<ResourceRecord> set(RecordType type) {
        int set = zone.set(at, type.number());
        return set == Zone.NONE ? List.of() : records(set);
    }

    /// The signatures of the records of this type.
    List<ResourceRecord> signatures(RecordType type) {
        int set = zone.set(at, type.number());
        return set == Zone.NONE ? List.of() : signatures(set);
    }

    /// The types that are there, in the file's order; those of signatures are in their sets.
    List<RecordType> types() {
        var types = new ArrayList<RecordType>();
        int set = zone.firstSet(at);
        for (int left = zone.sets(at); left > 0; left--, set = zone.nextSet(set)) {
            types.add(new RecordType(zone.u16(set)));
        }
        return types;
    }

    List<ResourceRecord> all() {
        return types().stream().flatMap(type -> set(type).stream()).toList();
    }

    List<ResourceRecord> allSignatures() {
        return types().stream().flatMap(type -> signatures(type).stream()).toList();
    }

    /// Each set, and its signatures behind it.
    Stream<ResourceRecord> everything() {
        return types().stream().flatMap(type -> Stream.concat(set(type).stream(), signatures(type).stream()));
    }

    private List<ResourceRecord> records(int set) {
        int from = set + Zone.SET_HEAD;
        return decode(set, zone.recordsOf(set), octets(from, from + zone.octetsOf(set)));
    }

    private List<ResourceRecord> signatures(int set) {
        int from = set + Zone.SET_HEAD + zone.octetsOf(set);
        return decode(set, zone.signaturesOf(set), octets(from, from + zone.signatureOctetsOf(set)));
    }

    // The records are what answers a question about their name and type: so make that answer, and read it.
    private List<ResourceRecord> decode(int set, int count, Bytes records) {
        var answer = new WireWriter(DnsCodec.HEADER_OCTETS + records.size() + 64)
                .u32(0)
                .u16(1)
                .u16(count)
                .u32(0)
                .bytes(octets(at, at + zone.nameSize(at)))
                .u16(zone.u16(set))
                .u16(1)
                .bytes(records);
        try {
            return DnsCodec.decode(answer.toBytes()).answers();
        } catch (MalformedException e) {
            throw new IllegalStateException("the zone's own octets", e);
        }
    }

    private Bytes octets(int from, int to) {
        return Bytes.copyOf(Arrays.copyOfRange(zone.octets(), from, to));
    }
}

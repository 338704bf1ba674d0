package wirelab.dnsserver.engine.zone;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;

/// A part of the tree that we have authority for. Immutable.
///
/// All names lie one after the other in canonical order (RFC 4034 section 6.1), each with its record sets behind it, so
/// that a lookup touches few places of the memory:
///
/// ```
/// node:  name | barrier 4 | wildcard 4 | flags 1 | sets 2 | set*
/// set:   type 2 | records 2 | octets 2 | signatures 2 | their octets 2 | records, then signatures, as in an answer
/// ```
///
/// A node is known by where it begins. Each name between the origin and a record's owner has one too, if without sets:
/// such a name exists (RFC 8020), so that a wildcard beside it does not stand for it. The barrier is the highest
/// delegation at or above a name, or DNAME above it, behind which the zone has no say; the wildcard is the name's child
/// `*`. Records are kept as they stand in an answer to a question about their name and type.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1034#section-4.3 RFC 1034
/// @spec https://www.rfc-editor.org/rfc/rfc4592 RFC 4592
public final class Zone {
    /// The node of the zone's own name.
    public static final int APEX = 0;

    static final int NONE = -1;

    static final int BARRIER = 0;
    static final int WILDCARD = 4;
    static final int FLAGS = 8;
    static final int SETS = 9;
    static final int FIRST_SET = 11;

    /// Octets of a set before its records.
    public static final int SET_HEAD = 10;

    static final int CUT = 1;
    static final int DNAME = 2;

    private final DnsName origin;
    private final byte[] octets;
    private final ByteBuffer numbers;
    private final NameTable table;
    private final int[] order;
    private final ResourceRecord negative;
    private final boolean signed;
    private final Denial denial;

    /// @param nsec3 the zone's NSEC3 records and their signatures, which are at no names of the tree
    Zone(DnsName origin, byte[] octets, NameTable table, int[] order, List<ResourceRecord> nsec3) {
        this.origin = origin;
        this.octets = octets;
        this.numbers = ByteBuffer.wrap(octets);
        this.table = table;
        this.order = order;
        this.negative = negative(node(APEX));
        this.signed = !node(APEX).signatures(RecordType.SOA).isEmpty();
        this.denial = nsec3.isEmpty() ? new NsecDenial(this) : Nsec3Denial.of(origin, nsec3);
    }

    /// The zone of these records, each at `origin` or below it.
    ///
    /// @throws IllegalArgumentException if one is not, or there is not exactly one SOA
    public static Zone of(DnsName origin, List<ResourceRecord> records) {
        return new ZoneBuilder(origin).build(records);
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
        return order.length;
    }

    /// The version that its SOA names.
    public long serial() {
        return negative.data() instanceof Rdata.Soa soa ? soa.serial() : 0;
    }

    /// The record that names its version, and by which secondaries keep time.
    public ResourceRecord soa() {
        return node(APEX).set(RecordType.SOA).getFirst();
    }

    /// All records but the SOA, signatures behind what they sign: in canonical order, the NSEC3 records last. They are
    /// made one by one as they are asked for.
    public Stream<ResourceRecord> records() {
        var named = Arrays.stream(order).boxed().flatMap(at -> node(at).everything());
        return Stream.concat(named.filter(record -> !record.type().equals(RecordType.SOA)), denial.ring().stream());
    }

    /// Whether what it has at one of its names is, octet by octet, what another zone has at that name.
    boolean sameSets(int node, Zone other, int otherNode) {
        int from = afterName(node) + SETS;
        int to = endOfSets(node);
        int otherFrom = other.afterName(otherNode) + SETS;
        return Arrays.equals(octets, from, to, other.octets, otherFrom, other.endOfSets(otherNode));
    }

    private int endOfSets(int node) {
        int set = firstSet(node);
        for (int left = sets(node); left > 0; left--) {
            set = nextSet(set);
        }
        return set;
    }

    /// The SOA of answers that say no.
    public ResourceRecord negative() {
        return negative;
    }

    /// Whether it has signatures, and so something to prove that there is nothing.
    public boolean signed() {
        return signed;
    }

    Denial denial() {
        return denial;
    }

    Node node(int at) {
        return new Node(this, at);
    }

    /// The name of a node that a search has found.
    public DnsName nameAt(int node) {
        return node(node).name();
    }

    NameTable table() {
        return table;
    }

    /// Where the names begin, in canonical order.
    int[] order() {
        return order;
    }

    public byte[] octets() {
        return octets;
    }

    private int afterName(int node) {
        int at = node;
        while (octets[at] != 0) {
            at += 1 + octets[at];
        }
        return at + 1;
    }

    int nameSize(int node) {
        return afterName(node) - node;
    }

    int barrier(int node) {
        return numbers.getInt(afterName(node) + BARRIER);
    }

    int wildcard(int node) {
        return numbers.getInt(afterName(node) + WILDCARD);
    }

    boolean isCut(int node) {
        return (octets[afterName(node) + FLAGS] & CUT) != 0;
    }

    boolean isDname(int node) {
        return (octets[afterName(node) + FLAGS] & DNAME) != 0;
    }

    int sets(int node) {
        return u16(afterName(node) + SETS);
    }

    int firstSet(int node) {
        return afterName(node) + FIRST_SET;
    }

    int nextSet(int set) {
        return set + SET_HEAD + octetsOf(set) + signatureOctetsOf(set);
    }

    /// The set of this type at a node; [#NONE] if there is none.
    public int set(int node, int type) {
        int after = afterName(node);
        int set = after + FIRST_SET;
        for (int left = u16(after + SETS); left > 0; left--, set = nextSet(set)) {
            if (u16(set) == type) {
                return set;
            }
        }
        return NONE;
    }

    public int recordsOf(int set) {
        return u16(set + 2);
    }

    public int octetsOf(int set) {
        return u16(set + 4);
    }

    public int signaturesOf(int set) {
        return u16(set + 6);
    }

    public int signatureOctetsOf(int set) {
        return u16(set + 8);
    }

    int u16(int at) {
        return Short.toUnsignedInt(numbers.getShort(at));
    }

    /// What it says about a name at the origin or below it.
    public Lookup find(DnsName name, Wanted wanted) {
        return new ZoneLookup(this, name, wanted).answer();
    }
}

package wirelab.dns;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What kind of data a record holds, or a question asks for. Immutable.
///
/// A number without a name here is one like any other, and is written `TYPE65280` (RFC 3597).
///
/// @param number 0 to 65535
/// @spec https://www.iana.org/assignments/dns-parameters DNS parameters
/// @spec https://www.rfc-editor.org/rfc/rfc3597#section-5 RFC 3597
public record RecordType(int number) {
    public static final RecordType A = new RecordType(Rdata.A.TYPE);
    public static final RecordType NS = new RecordType(Rdata.Ns.TYPE);
    public static final RecordType CNAME = new RecordType(Rdata.Cname.TYPE);
    public static final RecordType SOA = new RecordType(Rdata.Soa.TYPE);
    public static final RecordType PTR = new RecordType(Rdata.Ptr.TYPE);
    public static final RecordType MX = new RecordType(Rdata.Mx.TYPE);
    public static final RecordType TXT = new RecordType(Rdata.Txt.TYPE);
    public static final RecordType AAAA = new RecordType(Rdata.Aaaa.TYPE);
    public static final RecordType SRV = new RecordType(Rdata.Srv.TYPE);
    public static final RecordType DNAME = new RecordType(Rdata.Dname.TYPE);
    public static final RecordType OPT = new RecordType(Rdata.Opt.TYPE);
    public static final RecordType DS = new RecordType(43);
    public static final RecordType RRSIG = new RecordType(46);
    public static final RecordType NSEC = new RecordType(47);
    public static final RecordType DNSKEY = new RecordType(48);
    public static final RecordType NSEC3 = new RecordType(50);
    public static final RecordType NSEC3PARAM = new RecordType(51);
    /// What signs a message (RFC 8945); in no zone.
    public static final RecordType TSIG = new RecordType(250);
    /// A transfer of a zone's changes; only in a question.
    public static final RecordType IXFR = new RecordType(251);
    /// A transfer of the whole zone; only in a question.
    public static final RecordType AXFR = new RecordType(252);
    /// Any type there is; only in a question. Its mnemonic is `ANY` in most programs and `*` in RFC 1035.
    public static final RecordType ANY = new RecordType(255);

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "A"),
            Map.entry(2, "NS"),
            Map.entry(3, "MD"),
            Map.entry(4, "MF"),
            Map.entry(5, "CNAME"),
            Map.entry(6, "SOA"),
            Map.entry(7, "MB"),
            Map.entry(8, "MG"),
            Map.entry(9, "MR"),
            Map.entry(10, "NULL"),
            Map.entry(11, "WKS"),
            Map.entry(12, "PTR"),
            Map.entry(13, "HINFO"),
            Map.entry(14, "MINFO"),
            Map.entry(15, "MX"),
            Map.entry(16, "TXT"),
            Map.entry(17, "RP"),
            Map.entry(18, "AFSDB"),
            Map.entry(19, "X25"),
            Map.entry(20, "ISDN"),
            Map.entry(21, "RT"),
            Map.entry(22, "NSAP"),
            Map.entry(23, "NSAP-PTR"),
            Map.entry(24, "SIG"),
            Map.entry(25, "KEY"),
            Map.entry(26, "PX"),
            Map.entry(27, "GPOS"),
            Map.entry(28, "AAAA"),
            Map.entry(29, "LOC"),
            Map.entry(30, "NXT"),
            Map.entry(33, "SRV"),
            Map.entry(35, "NAPTR"),
            Map.entry(36, "KX"),
            Map.entry(37, "CERT"),
            Map.entry(39, "DNAME"),
            Map.entry(41, "OPT"),
            Map.entry(42, "APL"),
            Map.entry(43, "DS"),
            Map.entry(44, "SSHFP"),
            Map.entry(45, "IPSECKEY"),
            Map.entry(46, "RRSIG"),
            Map.entry(47, "NSEC"),
            Map.entry(48, "DNSKEY"),
            Map.entry(49, "DHCID"),
            Map.entry(50, "NSEC3"),
            Map.entry(51, "NSEC3PARAM"),
            Map.entry(52, "TLSA"),
            Map.entry(53, "SMIMEA"),
            Map.entry(55, "HIP"),
            Map.entry(56, "NINFO"),
            Map.entry(59, "CDS"),
            Map.entry(60, "CDNSKEY"),
            Map.entry(61, "OPENPGPKEY"),
            Map.entry(62, "CSYNC"),
            Map.entry(63, "ZONEMD"),
            Map.entry(64, "SVCB"),
            Map.entry(65, "HTTPS"),
            Map.entry(99, "SPF"),
            Map.entry(104, "NID"),
            Map.entry(105, "L32"),
            Map.entry(106, "L64"),
            Map.entry(107, "LP"),
            Map.entry(108, "EUI48"),
            Map.entry(109, "EUI64"),
            Map.entry(249, "TKEY"),
            Map.entry(250, "TSIG"),
            Map.entry(251, "IXFR"),
            Map.entry(252, "AXFR"),
            Map.entry(255, "ANY"),
            Map.entry(256, "URI"),
            Map.entry(257, "CAA"),
            Map.entry(258, "AVC"),
            Map.entry(260, "AMTRELAY"),
            Map.entry(261, "RESINFO"),
            Map.entry(262, "WALLET"),
            Map.entry(32769, "DLV"));

    private static final Map<String, Integer> NUMBERS = numbers();

    public RecordType {
        Numbers.require("type", number, 0xffff);
    }

    /// The type of this mnemonic, in any case; also `TYPE65280`.
    public static Optional<RecordType> named(String name) {
        var number = Optional.ofNullable(NUMBERS.get(name));
        return number.or(() -> Numbers.parse("TYPE", name, 0xffff)).map(RecordType::new);
    }

    private static Map<String, Integer> numbers() {
        var numbers = new TreeMap<String, Integer>(String.CASE_INSENSITIVE_ORDER);
        NAMES.forEach((number, name) -> numbers.put(name, number));
        return numbers;
    }

    @Override
    public String toString() {
        return NAMES.getOrDefault(number, "TYPE" + number);
    }
}

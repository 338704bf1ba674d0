package wirelab.dns;

/// How it went. Immutable.
///
/// The header has room for four bits; the eight above them travel in the OPT record, if there is one.
///
/// @param number 0 to 4095
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1 RFC 1035
/// @spec https://www.rfc-editor.org/rfc/rfc6891#section-6.1.3 RFC 6891
public record Rcode(int number) {
    public static final Rcode NOERROR = new Rcode(0);
    /// The server could not make sense of the query.
    public static final Rcode FORMERR = new Rcode(1);
    public static final Rcode SERVFAIL = new Rcode(2);
    /// The name does not exist, for any type.
    public static final Rcode NXDOMAIN = new Rcode(3);
    /// This server does not do that kind of request.
    public static final Rcode NOTIMP = new Rcode(4);
    /// This server will not answer that; it does not have the zone, most likely.
    public static final Rcode REFUSED = new Rcode(5);
    /// A name exists that should not: here, one that a DNAME makes too long (RFC 6672).
    public static final Rcode YXDOMAIN = new Rcode(6);
    /// A version of EDNS that this server does not speak.
    public static final Rcode BADVERS = new Rcode(16);
    /// The server has no authority for the zone; or, with a TSIG record, does not trust the request (RFC 8945).
    public static final Rcode NOTAUTH = new Rcode(9);
    /// In a TSIG record: the MAC is wrong.
    public static final Rcode BADSIG = new Rcode(16);
    /// In a TSIG record: the key is not known here.
    public static final Rcode BADKEY = new Rcode(17);
    /// In a TSIG record: the clocks differ too much.
    public static final Rcode BADTIME = new Rcode(18);
    /// In a TSIG record: too little of the MAC is there.
    public static final Rcode BADTRUNC = new Rcode(22);

    public Rcode {
        Numbers.require("rcode", number, 0xfff);
    }

    @Override
    public String toString() {
        return switch (number) {
            case 0 -> "NOERROR";
            case 1 -> "FORMERR";
            case 2 -> "SERVFAIL";
            case 3 -> "NXDOMAIN";
            case 4 -> "NOTIMP";
            case 5 -> "REFUSED";
            case 6 -> "YXDOMAIN";
            case 7 -> "YXRRSET";
            case 8 -> "NXRRSET";
            case 9 -> "NOTAUTH";
            case 10 -> "NOTZONE";
            case 16 -> "BADVERS";
            case 23 -> "BADCOOKIE";
            default -> "RCODE" + number;
        };
    }
}

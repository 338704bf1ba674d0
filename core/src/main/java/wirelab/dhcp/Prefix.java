package wirelab.dhcp;

import java.net.Inet4Address;

/// All addresses that begin with the same bits, as `10.20.30.0/24`. Immutable.
///
/// @param base the first of them, all of whose other bits are zero
/// @param length how many bits they share, from 0 to 32
public record Prefix(Inet4Address base, int length) {
    private static final String FORM = "\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}/\\d{1,2}";

    public Prefix {
        if (length < 0 || length > 32) {
            throw new IllegalArgumentException("/" + length + " is not a length: 0 to 32");
        }
        if ((Ipv4.number(base) & ~mask(length)) != 0) {
            throw new IllegalArgumentException(
                    base.getHostAddress() + "/" + length + " has bits after its prefix: say " + of(base, length));
        }
    }

    /// The prefix of `length` bits that `address` begins with.
    public static Prefix of(Inet4Address address, int length) {
        return new Prefix(Ipv4.of(Ipv4.number(address) & mask(length)), length);
    }

    /// Reads what `toString` wrote.
    ///
    /// @throws IllegalArgumentException if the text is anything else
    public static Prefix parse(String text) {
        if (!text.matches(FORM)) {
            throw new IllegalArgumentException("'" + text + "' is not a network like 10.20.30.0/24");
        }
        int slash = text.indexOf('/');
        return new Prefix(
                Inet4Address.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean contains(Inet4Address address) {
        return ((Ipv4.number(address) ^ Ipv4.number(base)) & mask(length)) == 0;
    }

    public boolean overlaps(Prefix other) {
        return contains(other.base) || other.contains(base);
    }

    public Inet4Address mask() {
        return Ipv4.of(mask(length));
    }

    /// The last address, all of whose other bits are one.
    public Inet4Address broadcast() {
        return Ipv4.of(Ipv4.number(base) | ~mask(length));
    }

    private static int mask(int length) {
        return length == 0 ? 0 : -1 << (32 - length);
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + length;
    }
}

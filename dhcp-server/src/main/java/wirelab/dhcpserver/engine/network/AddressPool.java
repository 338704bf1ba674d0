package wirelab.dhcpserver.engine.network;

import java.net.Inet4Address;
import wirelab.dhcp.Ipv4;

/// The addresses that may be lent: all from the first to the last. Immutable.
public record AddressPool(Inet4Address first, Inet4Address last) {
    /// More than any lab needs, and what a server's memory still holds.
    public static final int MAX_SIZE = 1 << 20;

    public AddressPool {
        long size = unsigned(last) - unsigned(first) + 1;
        if (size < 1) {
            throw new IllegalArgumentException("its last address comes before its first");
        }
        if (size > MAX_SIZE) {
            throw new IllegalArgumentException("it has " + size + " addresses; at most " + MAX_SIZE + " can be served");
        }
    }

    public int size() {
        return (int) (unsigned(last) - unsigned(first) + 1);
    }

    public boolean contains(Inet4Address address) {
        return unsigned(address) >= unsigned(first) && unsigned(address) <= unsigned(last);
    }

    /// The address at `index`, counted from 0.
    public Inet4Address at(int index) {
        return Ipv4.of(Ipv4.number(first) + index);
    }

    public int indexOf(Inet4Address address) {
        return Ipv4.number(address) - Ipv4.number(first);
    }

    /// As `10.20.30.51-10.20.30.99`.
    @Override
    public String toString() {
        return first.getHostAddress() + "-" + last.getHostAddress();
    }

    private static long unsigned(Inet4Address address) {
        return Integer.toUnsignedLong(Ipv4.number(address));
    }
}

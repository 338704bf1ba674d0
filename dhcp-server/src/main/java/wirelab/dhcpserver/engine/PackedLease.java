package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.wire.Bytes;

/// A lease in a few dozen octets, for a [LeaseTable] that holds a million. The address is not in it: that is its slot.
///
/// ```
/// +-------+----------+------+--------+--------+--------+------+--------+---------+
/// | state | expiry s | ns   | chaddr | client | length | name | length | circuit |
/// +-------+----------+------+--------+--------+--------+------+--------+---------+
///  1       8          4      2 or more 1 or more 2              2
/// ```
///
/// `chaddr` is its type, its length and its octets; `client` a kind, and what the kind wants after it.
final class PackedLease {
    private static final int EXPIRY_AT = 1;
    private static final int LONGEST_CARD = 2 + 16;
    private static final int FIXED = 1 + 8 + 4 + 2 + 2;
    private static final List<Lease.State> STATES =
            List.of(Lease.State.BOUND, Lease.State.RELEASED, Lease.State.DECLINED);

    private static final byte ITS_CARD = 0;
    private static final byte ANOTHER_CARD = 1;
    private static final byte IDENTIFIER = 2;

    private PackedLease() {}

    static byte[] pack(Lease lease) {
        var name = lease.hostName().getBytes(StandardCharsets.UTF_8);
        var circuit = lease.circuit().getBytes(StandardCharsets.UTF_8);
        int client = lease.client() instanceof ClientKey.Identifier(var id) ? 3 + id.size() : 1 + LONGEST_CARD;
        var out = ByteBuffer.allocate(FIXED + LONGEST_CARD + client + name.length + circuit.length);
        var expiry = lease.expiry();
        out.put((byte) STATES.indexOf(lease.state()));
        out.putLong(expiry.getEpochSecond()).putInt(expiry.getNano());
        card(out, lease.chaddr());
        switch (lease.client()) {
            case ClientKey.Hardware(var card) when card.equals(lease.chaddr()) -> out.put(ITS_CARD);
            case ClientKey.Hardware(var card) -> card(out.put(ANOTHER_CARD), card);
            case ClientKey.Identifier(var id) -> octets(out.put(IDENTIFIER), id.toArray());
        }
        octets(out, name);
        octets(out, circuit);
        var packed = new byte[out.position()];
        out.flip().get(packed);
        return packed;
    }

    private static void card(ByteBuffer out, HardwareAddress card) {
        out.put((byte) card.type())
                .put((byte) card.octets().size())
                .put(card.octets().toBuffer());
    }

    private static void octets(ByteBuffer out, byte[] octets) {
        out.putShort((short) octets.length).put(octets);
    }

    /// The inverse, for the lease at `address`.
    static Lease unpack(Inet4Address address, byte[] packed) {
        var in = ByteBuffer.wrap(packed);
        var state = STATES.get(in.get());
        var expiry = Instant.ofEpochSecond(in.getLong(), in.getInt());
        var chaddr = card(in);
        var client = switch (in.get()) {
            case ITS_CARD -> new ClientKey.Hardware(chaddr);
            case ANOTHER_CARD -> new ClientKey.Hardware(card(in));
            default -> new ClientKey.Identifier(Bytes.copyOf(octets(in)));
        };
        var name = new String(octets(in), StandardCharsets.UTF_8);
        var circuit = new String(octets(in), StandardCharsets.UTF_8);
        return new Lease(address, client, chaddr, name, circuit, state, expiry);
    }

    private static HardwareAddress card(ByteBuffer in) {
        int type = Byte.toUnsignedInt(in.get());
        var octets = new byte[in.get()];
        in.get(octets);
        return new HardwareAddress(type, Bytes.copyOf(octets));
    }

    private static byte[] octets(ByteBuffer in) {
        var octets = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(octets);
        return octets;
    }

    /// The second in which the lease ends, without the rest of it.
    static long expirySecond(byte[] packed) {
        return ByteBuffer.wrap(packed).getLong(EXPIRY_AT);
    }
}

package wirelab.dhcpserver.leases;

import java.net.Inet4Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.wire.Bytes;

/// The file that Kea keeps its leases in: comma-separated, with a head; of several lines about an address the last
/// one counts. Immutable.
///
/// @spec https://kea.readthedocs.io/en/latest/arm/dhcp4-srv.html#memfile-basic-storage-for-leases Kea's memfile
final class KeaLeases {
    private static final String HEAD = "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,"
            + "hostname,state,user_context,pool_id";
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
    private static final int DECLINED = 1;

    private KeaLeases() {}

    static String write(List<Lease> leases, Instant now) {
        var text = new StringBuilder(HEAD).append('\n');
        for (var lease : leases) {
            long left = Math.max(0, lease.expiry().getEpochSecond() - now.getEpochSecond());
            boolean declined = lease.state() == Lease.State.DECLINED;
            text.append(lease.address().getHostAddress())
                    .append(',')
                    .append(
                            declined
                                    ? ""
                                    : COLONS.formatHex(lease.chaddr().octets().toArray()))
                    .append(',')
                    .append(
                            lease.client() instanceof ClientKey.Identifier(var id) && !declined
                                    ? COLONS.formatHex(id.toArray())
                                    : "")
                    .append(',')
                    .append(left)
                    .append(',')
                    .append(lease.expiry().getEpochSecond())
                    .append(",1,0,0,")
                    .append(lease.hostName())
                    .append(',')
                    .append(declined ? DECLINED : 0)
                    .append(",,0\n");
        }
        return text.toString();
    }

    static List<Lease> read(List<String> lines) throws UnreadableLeases {
        Map<Inet4Address, Lease> leases = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            var column = lines.get(i).split(",", -1);
            if (lines.get(i).isBlank()) {
                continue;
            }
            if (column.length < 10) {
                throw new UnreadableLeases(i + 1, "it has " + column.length + " columns, and Kea's have ten or more");
            }
            try {
                var address = Inet4Address.ofLiteral(column[0]);
                var lease = lease(address, column);
                if (lease.chaddr().octets().isEmpty()) {
                    leases.remove(address);
                } else {
                    leases.put(address, lease);
                }
            } catch (IllegalArgumentException e) {
                throw new UnreadableLeases(i + 1, String.valueOf(e.getMessage()));
            }
        }
        return new ArrayList<>(leases.values());
    }

    /// A declined address has no hardware address in Kea's file, and is not taken over.
    private static Lease lease(Inet4Address address, String[] column) {
        var chaddr = new HardwareAddress(HardwareAddress.ETHERNET, Bytes.copyOf(COLONS.parseHex(column[1])));
        var client = column[2].isEmpty()
                ? new ClientKey.Hardware(chaddr)
                : new ClientKey.Identifier(Bytes.copyOf(COLONS.parseHex(column[2])));
        boolean bound = column[9].equals("0") && !column[3].equals("0");
        return new Lease(
                address,
                client,
                chaddr,
                column[8].matches("[A-Za-z0-9._-]{1,255}") ? column[8] : "",
                "",
                bound ? Lease.State.BOUND : Lease.State.RELEASED,
                Instant.ofEpochSecond(Long.parseLong(column[4])));
    }

    static boolean isHead(String line) {
        return line.startsWith("address,hwaddr,client_id,");
    }
}

package wirelab.dhcpserver.leases;

import java.net.Inet4Address;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// The file that ISC dhcpd keeps its leases in: of several blocks about an address the last one counts; times are
/// of UTC. Immutable.
///
/// ```
/// lease 10.20.30.51 {
///   ends 4 2026/01/01 01:00:00;
///   binding state active;
///   hardware ethernet 02:00:5e:10:00:01;
///   uid "\001\002\000^\020\000\001";
///   client-hostname "host-1";
/// }
/// ```
///
/// @spec https://kb.isc.org/docs/isc-dhcp-44-manual-pages-dhcpdleases dhcpd.leases(5)
final class IscLeases {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT);
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private IscLeases() {}

    static String write(List<Lease> leases, Instant now) {
        var text = new StringBuilder("# The format of this file is documented in the dhcpd.leases(5) manual page.\n");
        for (var lease : leases) {
            text.append("lease ").append(lease.address().getHostAddress()).append(" {\n");
            text.append("  starts ").append(time(now)).append(";\n");
            text.append("  ends ").append(time(lease.expiry())).append(";\n");
            text.append("  binding state ").append(state(lease, now)).append(";\n");
            text.append("  hardware ethernet ")
                    .append(COLONS.formatHex(lease.chaddr().octets().toArray()));
            text.append(";\n");
            if (lease.client() instanceof ClientKey.Identifier(var id)) {
                text.append("  uid ").append(COLONS.formatHex(id.toArray())).append(";\n");
            }
            if (!lease.hostName().isEmpty()) {
                text.append("  client-hostname \"").append(lease.hostName()).append("\";\n");
            }
            text.append("}\n");
        }
        return text.toString();
    }

    private static String time(Instant instant) {
        var time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return time.getDayOfWeek().getValue() % 7 + " " + TIME.format(time);
    }

    private static String state(Lease lease, Instant now) {
        return switch (lease.state()) {
            case BOUND -> lease.holds(now) ? "active" : "expired";
            case RELEASED -> "free";
            case DECLINED -> "abandoned";
        };
    }

    static List<Lease> read(List<String> lines) throws UnreadableLeases {
        Map<Inet4Address, Lease> leases = new LinkedHashMap<>();
        Block block = new Block("");
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            try {
                if (line.matches("lease \\S+ \\{")) {
                    block = new Block(line.split(" ", -1)[1]);
                } else if (line.equals("}")) {
                    block.end(leases);
                    block = new Block("");
                } else {
                    block.take(line);
                }
            } catch (IllegalArgumentException | DateTimeParseException e) {
                throw new UnreadableLeases(i + 1, String.valueOf(e.getMessage()));
            }
        }
        return new ArrayList<>(leases.values());
    }

    /// A lease that is being read. Confined to one thread.
    private static final class Block {
        private final String address;
        private Instant ends = Instant.EPOCH;
        private String state = "free";
        private String hostName = "";
        private Bytes hardware = Bytes.EMPTY;
        private Bytes uid = Bytes.EMPTY;

        /// @param address of the lease; empty outside of any
        Block(String address) {
            this.address = address;
        }

        void take(String line) {
            if (address.isEmpty() || !line.endsWith(";")) {
                return;
            }
            var statement = line.substring(0, line.length() - 1);
            int space = statement.indexOf(' ');
            var value = statement.substring(space + 1);
            switch (statement.substring(0, Math.max(0, space))) {
                case "ends" -> ends = end(value);
                case "binding" -> state = value.replace("state ", "");
                case "hardware" -> hardware = Bytes.copyOf(COLONS.parseHex(value.substring(value.indexOf(' ') + 1)));
                case "uid" -> uid = value.startsWith("\"") ? unquoted(value) : Bytes.copyOf(COLONS.parseHex(value));
                case "client-hostname" -> hostName = value.replace("\"", "");
                default -> {}
            }
        }

        private static Instant end(String value) {
            return value.equals("never")
                    ? Instant.ofEpochSecond(0xffff_ffffL)
                    : LocalDateTime.parse(value.substring(2), TIME).toInstant(ZoneOffset.UTC);
        }

        /// Octets that are no printing characters stand as three octal digits, quotes and backslashes after a
        /// backslash.
        private static Bytes unquoted(String value) {
            var out = new WireWriter(value.length());
            for (int i = 1; i < value.length() - 1; i++) {
                if (value.charAt(i) != '\\') {
                    out.u8(value.charAt(i));
                } else if (value.substring(i + 1).matches("[0-7]{3}.*")) {
                    out.u8(Integer.parseInt(value, i + 1, i + 4, 8));
                    i += 3;
                } else {
                    out.u8(value.charAt(++i));
                }
            }
            return out.toBytes();
        }

        /// An address that nobody had is not on record here.
        void end(Map<Inet4Address, Lease> leases) {
            if (address.isEmpty() || hardware.isEmpty()) {
                return;
            }
            var chaddr = new HardwareAddress(HardwareAddress.ETHERNET, hardware);
            var key = Inet4Address.ofLiteral(address);
            leases.put(
                    key,
                    new Lease(
                            key,
                            uid.isEmpty() ? new ClientKey.Hardware(chaddr) : new ClientKey.Identifier(uid),
                            chaddr,
                            hostName.matches("[A-Za-z0-9._-]{1,255}") ? hostName : "",
                            "",
                            switch (state) {
                                case "active", "expired" -> Lease.State.BOUND;
                                case "abandoned" -> Lease.State.DECLINED;
                                default -> Lease.State.RELEASED;
                            },
                            ends));
        }
    }
}

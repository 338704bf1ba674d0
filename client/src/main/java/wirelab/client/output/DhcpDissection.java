package wirelab.client.output;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;
import wirelab.dhcp.Route;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// A DHCP message field by field and option by option, in octets and in words, as `--raw` shows it.
///
/// ```
/// at    octets                    field
///   4   1f 2e 3d 4c               xid      1f2e3d4c
/// 240   35 01 01                  option 53, message type: DISCOVER
/// ```
public final class DhcpDissection {
    private static final int SNAME = 44;
    private static final int FILE = 108;
    private static final int COOKIE = 236;
    private static final int OPTIONS = 240;
    private static final int OVERLOAD = 52;
    private static final int END = 255;

    private final Bytes message;
    private final List<String> lines = new ArrayList<>();
    private int overload;

    private DhcpDissection(Bytes message) {
        this.message = message;
    }

    /// The lines of one message, in the order of its octets.
    ///
    /// @param message one that [wirelab.dhcp.DhcpCodec] reads or has written
    public static List<String> of(Bytes message) {
        return new DhcpDissection(message).dissect();
    }

    private List<String> dissect() {
        field(0, 1, "op", message.at(0) == 1 ? "request" : "reply");
        field(1, 2, "htype", message.at(1) == 1 ? "Ethernet" : Integer.toString(message.at(1)));
        field(2, 3, "hlen", Integer.toString(message.at(2)));
        field(3, 4, "hops", Integer.toString(message.at(3)));
        field(4, 8, "xid", message.slice(4, 8).toHex());
        field(8, 10, "secs", Integer.toString(message.at(8) << 8 | message.at(9)));
        field(10, 12, "flags", (message.at(10) & 0x80) != 0 ? "broadcast" : "none");
        address(12, "ciaddr");
        address(16, "yiaddr");
        address(20, "siaddr");
        address(24, "giaddr");
        field(28, 28 + message.at(2), "chaddr", "");
        int options = lines.size();
        options(OPTIONS, message.size());
        var after = List.copyOf(lines.subList(options, lines.size()));
        lines.subList(options, lines.size()).clear();
        text(SNAME, FILE, "sname", (overload & 2) != 0);
        text(FILE, COOKIE, "file", (overload & 1) != 0);
        field(COOKIE, OPTIONS, "cookie", "options follow");
        lines.addAll(after);
        return List.copyOf(lines);
    }

    private void address(int at, String name) {
        field(at, at + 4, name, Ipv4.of(message.slice(at, at + 4)).orElseThrow().getHostAddress());
    }

    private void text(int from, int to, String name, boolean options) {
        if (options) {
            options(from, to);
        } else if (message.at(from) == 0) {
            line(from, (to - from) + " octets", name + "  empty");
        } else {
            int end = from;
            while (end < to && message.at(end) != 0) {
                end++;
            }
            var octets = message.slice(from, end);
            field(from, end, name, '"' + Printable.of(octets.toLatin1()) + '"');
        }
    }

    private void options(int from, int to) {
        int at = from;
        while (at < to) {
            int code = message.at(at);
            if (code == 0) {
                int end = at;
                while (end < to && message.at(end) == 0) {
                    end++;
                }
                line(at, end - at == 1 ? "00" : "00 * " + (end - at), "pad");
                at = end;
                continue;
            }
            if (code == END) {
                line(at, "ff", "option 255, end");
                at++;
                continue;
            }
            if (at + 2 > to || at + 2 + message.at(at + 1) > to) {
                line(at, hex(at, to), "option " + code + ", cut off");
                return;
            }
            int end = at + 2 + message.at(at + 1);
            option(code, at, end);
            at = end;
        }
    }

    private void option(int code, int at, int end) {
        var data = message.slice(at + 2, end);
        if (code == OVERLOAD) {
            overload = data.isEmpty() ? 0 : data.at(0);
            line(
                    at,
                    hex(at, end),
                    "option 52, overload: options go on in "
                            + switch (overload) {
                                case 1 -> "file";
                                case 2 -> "sname";
                                default -> "file and sname";
                            });
            return;
        }
        try {
            line(at, hex(at, end), "option " + code + ", " + words(DhcpOption.of(code, data)));
        } catch (MalformedException e) {
            // A long option has its data in several of these (RFC 3396).
            line(at, hex(at, end), "option " + code + ", a part of its data");
        }
    }

    /// An option's name and value, as `lease time: 1h`.
    static String words(DhcpOption option) {
        return switch (option) {
            case DhcpOption.SubnetMask(var mask) -> "subnet mask: " + mask.getHostAddress();
            case DhcpOption.Routers(var addresses) -> "routers: " + names(addresses);
            case DhcpOption.DnsServers(var addresses) -> "DNS servers: " + names(addresses);
            case DhcpOption.HostName(var name) -> "host name: " + Printable.of(name);
            case DhcpOption.DomainName(var name) -> "domain name: " + Printable.of(name);
            case DhcpOption.BroadcastAddress(var address) -> "broadcast address: " + address.getHostAddress();
            case DhcpOption.RequestedAddress(var address) -> "requested address: " + address.getHostAddress();
            case DhcpOption.LeaseTime(var time) -> "lease time: " + Quantity.duration(time);
            case DhcpOption.MessageType(var type) -> "message type: " + type;
            case DhcpOption.ServerIdentifier(var address) -> "server identifier: " + address.getHostAddress();
            case DhcpOption.ParameterRequestList(var codes) ->
                "requested options: " + codes.stream().map(Object::toString).collect(Collectors.joining(", "));
            case DhcpOption.Message(var text) -> "message: " + Printable.of(text);
            case DhcpOption.MaxMessageSize(var octets) -> "longest message: " + octets + " octets";
            case DhcpOption.RenewalTime(var time) -> "renewal time (T1): " + Quantity.duration(time);
            case DhcpOption.RebindingTime(var time) -> "rebinding time (T2): " + Quantity.duration(time);
            case DhcpOption.VendorClass(var text) -> "vendor class: " + Printable.of(text);
            case DhcpOption.ClientIdentifier(var id) ->
                "client identifier: type " + id.at(0) + ", " + id.size() + " octets";
            case DhcpOption.RapidCommit() -> "rapid commit";
            case DhcpOption.RelayAgentInformation(var data) -> "relay agent information: " + data.size() + " octets";
            case DhcpOption.DomainSearch(var domains) -> "domain search: " + Printable.of(String.join(", ", domains));
            case DhcpOption.ClasslessRoutes(var routes) ->
                "classless routes: " + routes.stream().map(Route::toString).collect(Collectors.joining(", "));
            case DhcpOption.Unknown(var _, var data) -> data.size() + " octets";
        };
    }

    private static String names(List<Inet4Address> addresses) {
        return addresses.stream().map(Inet4Address::getHostAddress).collect(Collectors.joining(", "));
    }

    private void field(int from, int to, String name, String value) {
        line(from, hex(from, to), value.isEmpty() ? name : String.format(Locale.ROOT, "%-6s %s", name, value));
    }

    private String hex(int from, int to) {
        return message.slice(from, to).toHex().replaceAll("(..)(?=.)", "$1 ");
    }

    private void line(int at, String octets, String words) {
        lines.add(String.format(Locale.ROOT, "%5d  %-24s  %s", at, octets, words));
    }
}

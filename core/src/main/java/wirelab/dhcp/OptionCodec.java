package wirelab.dhcp;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireReader;
import wirelab.wire.WireWriter;

/// The data of each option, without code and length. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2132 RFC 2132
final class OptionCodec {
    private OptionCodec() {}

    static DhcpOption decode(int code, Bytes data) throws MalformedException {
        var reader = WireReader.of(data);
        var option = switch (code) {
            case 1 -> new DhcpOption.SubnetMask(Ipv4.read(reader));
            case 3 -> new DhcpOption.Routers(addresses(reader));
            case 6 -> new DhcpOption.DnsServers(addresses(reader));
            case 12 -> new DhcpOption.HostName(text(reader));
            case 15 -> new DhcpOption.DomainName(text(reader));
            case 28 -> new DhcpOption.BroadcastAddress(Ipv4.read(reader));
            case 50 -> new DhcpOption.RequestedAddress(Ipv4.read(reader));
            case 51 -> new DhcpOption.LeaseTime(seconds(reader));
            case 53 -> new DhcpOption.MessageType(type(reader));
            case 54 -> new DhcpOption.ServerIdentifier(Ipv4.read(reader));
            case 55 -> new DhcpOption.ParameterRequestList(codes(reader));
            case 56 -> new DhcpOption.Message(text(reader));
            case 57 -> new DhcpOption.MaxMessageSize(reader.u16());
            case 58 -> new DhcpOption.RenewalTime(seconds(reader));
            case 59 -> new DhcpOption.RebindingTime(seconds(reader));
            case 60 -> new DhcpOption.VendorClass(text(reader));
            case 61 -> new DhcpOption.ClientIdentifier(some(reader));
            case 80 -> new DhcpOption.RapidCommit();
            case 82 -> new DhcpOption.RelayAgentInformation(reader.rest());
            case 119 -> new DhcpOption.DomainSearch(DomainNames.read(reader.rest()));
            case 121 -> new DhcpOption.ClasslessRoutes(routes(reader));
            default -> new DhcpOption.Unknown(code, reader.rest());
        };
        reader.expectEnd();
        return option;
    }

    /// Whether [DhcpOption] has a record of its own for `code`; the cases of [#decode].
    static boolean known(int code) {
        return switch (code) {
            case 1, 3, 6, 12, 15, 28, 50, 51, 53, 54, 55, 56, 57, 58, 59, 60, 61, 80, 82, 119, 121 -> true;
            default -> false;
        };
    }

    static Bytes encode(DhcpOption option) {
        return switch (option) {
            case DhcpOption.SubnetMask(var mask) -> Ipv4.octets(mask);
            case DhcpOption.Routers(var addresses) -> octets(addresses);
            case DhcpOption.DnsServers(var addresses) -> octets(addresses);
            case DhcpOption.HostName(var name) -> latin1(name);
            case DhcpOption.DomainName(var name) -> latin1(name);
            case DhcpOption.BroadcastAddress(var address) -> Ipv4.octets(address);
            case DhcpOption.RequestedAddress(var address) -> Ipv4.octets(address);
            case DhcpOption.LeaseTime(var time) -> seconds(time);
            case DhcpOption.MessageType(var type) -> Bytes.of(type.number());
            case DhcpOption.ServerIdentifier(var address) -> Ipv4.octets(address);
            case DhcpOption.ParameterRequestList(var codes) ->
                Bytes.of(codes.stream().mapToInt(Integer::intValue).toArray());
            case DhcpOption.Message(var text) -> latin1(text);
            case DhcpOption.MaxMessageSize(var size) -> Bytes.of(size >>> 8, size);
            case DhcpOption.RenewalTime(var time) -> seconds(time);
            case DhcpOption.RebindingTime(var time) -> seconds(time);
            case DhcpOption.VendorClass(var text) -> latin1(text);
            case DhcpOption.ClientIdentifier(var id) -> id;
            case DhcpOption.RapidCommit() -> Bytes.EMPTY;
            case DhcpOption.RelayAgentInformation(var data) -> data;
            case DhcpOption.DomainSearch(var names) -> DomainNames.write(names);
            case DhcpOption.ClasslessRoutes(var routes) -> octetsOf(routes);
            case DhcpOption.Unknown unknown -> unknown.data();
        };
    }

    private static List<Inet4Address> addresses(WireReader reader) throws MalformedException {
        var addresses = new ArrayList<Inet4Address>();
        do {
            addresses.add(Ipv4.read(reader));
        } while (reader.hasRemaining());
        return addresses;
    }

    private static Bytes octets(List<Inet4Address> addresses) {
        var writer = new WireWriter(4 * addresses.size());
        addresses.forEach(address -> writer.u32(Ipv4.number(address)));
        return writer.toBytes();
    }

    private static List<Route> routes(WireReader reader) throws MalformedException {
        var routes = new ArrayList<Route>();
        do {
            routes.add(Route.read(reader));
        } while (reader.hasRemaining());
        return routes;
    }

    private static Bytes octetsOf(List<Route> routes) {
        var writer = new WireWriter(16);
        routes.forEach(route -> route.write(writer));
        return writer.toBytes();
    }

    private static String text(WireReader reader) {
        return reader.rest().toLatin1();
    }

    private static Bytes latin1(String text) {
        return new WireWriter(text.length()).latin1(text).toBytes();
    }

    private static Duration seconds(WireReader reader) throws MalformedException {
        return Duration.ofSeconds(reader.u32());
    }

    private static Bytes seconds(Duration time) {
        return new WireWriter(4).u32(time.toSeconds()).toBytes();
    }

    private static DhcpMessageType type(WireReader reader) throws MalformedException {
        int number = reader.u8();
        return DhcpMessageType.of(number).orElseThrow(() -> new MalformedException(0, "message type " + number));
    }

    private static List<Integer> codes(WireReader reader) throws MalformedException {
        var codes = new ArrayList<Integer>();
        while (reader.hasRemaining()) {
            codes.add(reader.u8());
        }
        return codes;
    }

    private static Bytes some(WireReader reader) throws MalformedException {
        if (!reader.hasRemaining()) {
            throw reader.malformed("no data");
        }
        return reader.rest();
    }
}

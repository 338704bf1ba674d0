package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;

/// Writes the server's messages. Immutable.
///
/// Options 53, 54, 1, 3, 6 and 51 are in each OFFER and ACK, in this order. After them comes what the client
/// asks for by option 55 and is known; then what it must get back: its own identifier (RFC 6842), and, last,
/// what the relay added (RFC 3046 section 2.2).
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.3.1 RFC 2131
record Replies(Network network) {
    DhcpMessage offer(DhcpMessage request, Inet4Address address, Duration time) {
        return lending(DhcpMessageType.OFFER, request, address, time);
    }

    /// The ACK of an address, which repeats `ciaddr` (RFC 2131 table 3).
    DhcpMessage ack(DhcpMessage request, Inet4Address address, Duration time) {
        return lending(DhcpMessageType.ACK, request, address, time).withCiaddr(request.ciaddr());
    }

    /// The ACK to an INFORM: no address, and no time (RFC 2131 section 4.3.5).
    DhcpMessage informed(DhcpMessage request) {
        return complete(DhcpMessageType.ACK, request, Optional.empty()).withCiaddr(request.ciaddr());
    }

    /// The refusal. Through a relay it has the broadcast flag, so that the relay does not send it to the
    /// address that is refused (RFC 2131 section 4.3.2).
    DhcpMessage nak(DhcpMessage request, String why) {
        var options = head(DhcpMessageType.NAK);
        options.add(new DhcpOption.Message(why));
        repeat(request, options);
        var nak = request.reply(options);
        return request.giaddr().equals(Ipv4.ANY) ? nak : nak.withBroadcast();
    }

    private DhcpMessage lending(DhcpMessageType type, DhcpMessage request, Inet4Address address, Duration time) {
        return complete(type, request, Optional.of(time)).withYiaddr(address);
    }

    private DhcpMessage complete(DhcpMessageType type, DhcpMessage request, Optional<Duration> time) {
        var options = head(type);
        options.add(new DhcpOption.SubnetMask(network.mask()));
        options.add(new DhcpOption.Routers(network.routers()));
        options.add(new DhcpOption.DnsServers(network.nameServers()));
        time.ifPresent(lent -> options.add(new DhcpOption.LeaseTime(lent)));
        addWhatIsAskedFor(request, time, options);
        repeat(request, options);
        return request.reply(options).withSiaddr(network.server());
    }

    private List<DhcpOption> head(DhcpMessageType type) {
        var options = new ArrayList<DhcpOption>();
        options.add(new DhcpOption.MessageType(type));
        options.add(new DhcpOption.ServerIdentifier(network.server()));
        return options;
    }

    private void addWhatIsAskedFor(DhcpMessage request, Optional<Duration> time, List<DhcpOption> options) {
        var asked = request.option(DhcpOption.ParameterRequestList.class);
        if (asked.isPresent()) {
            for (int code : new LinkedHashSet<>(asked.get().codes())) {
                extra(code, time).ifPresent(options::add);
            }
        }
    }

    private Optional<DhcpOption> extra(int code, Optional<Duration> time) {
        return switch (code) {
            case 15 -> network.domain().map(DhcpOption.DomainName::new);
            case 28 -> Optional.of(new DhcpOption.BroadcastAddress(network.broadcast()));
            // RFC 2131 section 4.4.5: T1 is half of the lease, T2 seven eighths.
            case 58 -> time.map(lent -> new DhcpOption.RenewalTime(seconds(lent.dividedBy(2))));
            case 59 ->
                time.map(lent -> new DhcpOption.RebindingTime(
                        seconds(lent.multipliedBy(7).dividedBy(8))));
            default -> Optional.empty();
        };
    }

    private static Duration seconds(Duration time) {
        return Duration.ofSeconds(time.toSeconds());
    }

    private static void repeat(DhcpMessage request, List<DhcpOption> options) {
        request.option(DhcpOption.ClientIdentifier.class).ifPresent(options::add);
        request.option(DhcpOption.RelayAgentInformation.class).ifPresent(options::add);
    }
}

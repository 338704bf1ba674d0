package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;

/// Writes the server's messages. Immutable.
///
/// Options 53, 54, 1, 3, 6 and 51 are in each OFFER and ACK, in this order. A client that asks for options by
/// option 55 gets those that are known in the order in which it asks, the mask before the router (RFC 2132 section
/// 3.3). Last comes what it must get back: its own identifier (RFC 6842), and what the relay added (RFC 3046
/// section 2.2).
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.3.1 RFC 2131
final class Replies {
    private static final int MASK = 1;
    private static final int ROUTERS = 3;
    private static final int DNS_SERVERS = 6;
    private static final int BROADCAST = 28;
    private static final int LEASE_TIME = 51;
    private static final int T1 = 58;
    private static final int T2 = 59;

    private Replies() {}

    static DhcpMessage offer(Exchange exchange, Inet4Address address) {
        return lending(DhcpMessageType.OFFER, exchange, address);
    }

    /// The ACK of an address, which repeats `ciaddr` (RFC 2131 table 3).
    static DhcpMessage ack(Exchange exchange, Inet4Address address) {
        return lending(DhcpMessageType.ACK, exchange, address)
                .withCiaddr(exchange.message().ciaddr());
    }

    /// The ACK to an INFORM: no address, and no time (RFC 2131 section 4.3.5).
    static DhcpMessage informed(Exchange exchange) {
        return complete(DhcpMessageType.ACK, exchange, Optional.empty())
                .withCiaddr(exchange.message().ciaddr());
    }

    /// The refusal. Through a relay it has the broadcast flag, so that the relay does not send it to the
    /// address that is refused (RFC 2131 section 4.3.2).
    static DhcpMessage nak(Exchange exchange, String why) {
        var options = head(DhcpMessageType.NAK, exchange);
        options.add(new DhcpOption.Message(why));
        repeat(exchange.message(), options);
        var nak = exchange.message().reply(options);
        return exchange.message().giaddr().equals(Ipv4.ANY) ? nak : nak.withBroadcast();
    }

    private static DhcpMessage lending(DhcpMessageType type, Exchange exchange, Inet4Address address) {
        return complete(type, exchange, Optional.of(exchange.leaseTime())).withYiaddr(address);
    }

    private static DhcpMessage complete(DhcpMessageType type, Exchange exchange, Optional<Duration> time) {
        var request = exchange.message();
        var options = head(type, exchange);
        boolean rapid = type == DhcpMessageType.ACK && request.type().equals(Optional.of(DhcpMessageType.DISCOVER));
        if (rapid) {
            options.add(new DhcpOption.RapidCommit());
        }
        boolean fits = fitsTimes(exchange, time);
        order(exchange)
                .forEach(code -> exchange.parameters()
                        .option(code)
                        .filter(_ -> fits || (code != T1 && code != T2))
                        .or(() -> usual(code, exchange, time))
                        .ifPresent(options::add));
        repeat(request, options);
        return request.reply(options)
                .withSiaddr(exchange.parameters().nextServer().orElse(exchange.server()))
                .withFile(exchange.parameters().bootFile());
    }

    private static List<DhcpOption> head(DhcpMessageType type, Exchange exchange) {
        var options = new ArrayList<DhcpOption>();
        options.add(new DhcpOption.MessageType(type));
        options.add(new DhcpOption.ServerIdentifier(exchange.server()));
        return options;
    }

    /// What a client is told where nothing else is set.
    private static Optional<DhcpOption> usual(int code, Exchange exchange, Optional<Duration> time) {
        var prefix = exchange.subnet().prefix();
        return switch (code) {
            case MASK -> Optional.of(new DhcpOption.SubnetMask(prefix.mask()));
            case BROADCAST -> Optional.of(new DhcpOption.BroadcastAddress(prefix.broadcast()));
            case LEASE_TIME -> time.map(DhcpOption.LeaseTime::new);
            // RFC 2131 section 4.4.5: T1 is half of the lease, T2 seven eighths, where nothing else is said.
            case T1 -> time.map(lent -> new DhcpOption.RenewalTime(seconds(lent.dividedBy(2))));
            case T2 ->
                time.map(lent -> new DhcpOption.RebindingTime(
                        seconds(lent.multipliedBy(7).dividedBy(8))));
            default -> Optional.empty();
        };
    }

    /// Whether the T1 and T2 that are set come before the end of the lease, which may be shorter than usual.
    private static boolean fitsTimes(Exchange exchange, Optional<Duration> end) {
        var t2 = exchange.parameters()
                .option(T2)
                .map(option -> option instanceof DhcpOption.RebindingTime(var time) ? time : Duration.ZERO);
        return t2.isPresent() && end.isPresent() && t2.get().compareTo(end.get()) < 0;
    }

    private static Duration seconds(Duration time) {
        return Duration.ofSeconds(time.toSeconds());
    }

    /// The codes of what the client wants and of what it must be told, each once.
    private static IntStream order(Exchange exchange) {
        var order = IntStream.builder();
        exchange.message().option(DhcpOption.ParameterRequestList.class).ifPresent(asked -> {
            order.add(LEASE_TIME);
            for (int code : asked.codes()) {
                if (code == ROUTERS) {
                    order.add(MASK);
                }
                order.add(code);
            }
        });
        order.add(MASK).add(ROUTERS).add(DNS_SERVERS).add(LEASE_TIME);
        // Times that are not what the client takes them for must be told, asked for or not.
        exchange.parameters().option(T1).ifPresent(_ -> order.add(T1));
        exchange.parameters().option(T2).ifPresent(_ -> order.add(T2));
        var seen = new BitSet(256);
        return order.build().filter(code -> {
            boolean first = !seen.get(code);
            seen.set(code);
            return first;
        });
    }

    private static void repeat(DhcpMessage request, List<DhcpOption> options) {
        request.option(DhcpOption.ClientIdentifier.class).ifPresent(options::add);
        request.option(DhcpOption.RelayAgentInformation.class).ifPresent(options::add);
    }
}

package wirelab.dhcpserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.Decision;
import wirelab.dhcpserver.engine.DhcpEngine;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.Usage;
import wirelab.dhcpserver.engine.network.AddressPool;
import wirelab.dhcpserver.engine.network.Host;
import wirelab.dhcpserver.engine.network.Network;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.dhcpserver.engine.network.Policy;
import wirelab.dhcpserver.engine.network.Subnet;

/// An engine with a clock that a test moves, and a disk. Confined to one thread.
final class Server {
    static final Duration LEASE_TIME = Duration.ofHours(1);

    private static final Prefix NETWORK = Prefix.parse("10.20.30.0/24");

    private final List<Lease> disk = new ArrayList<>();
    private Network network;
    private DhcpEngine engine;
    private Instant now = Instant.parse("2026-01-01T00:00:00.25Z");

    Server(Network network) {
        this.network = network;
        engine = new DhcpEngine(network);
    }

    /// One that lends `first` to `last`, of 10.20.30.0/24.
    Server(String first, String last) {
        this(network(List.of(subnet(first, last)), List.of(), Policy.PLAIN));
    }

    /// What the lab's server serves, with other subnets, hosts and policies.
    static Network network(List<Subnet> subnets, List<Host> hosts, Policy policy) {
        var common = Parameters.of(List.of(
                        new DhcpOption.DnsServers(List.of(LabClient.address("127.0.0.1"))),
                        new DhcpOption.DomainName("lab.example")))
                .withLeaseTime(LEASE_TIME);
        return new Network(Set.of(LabClient.SERVER), subnets, hosts, common, policy);
    }

    /// 10.20.30.0/24 with a pool.
    static Subnet subnet(String first, String last) {
        return subnet(NETWORK.toString(), first, last, "10.20.30.1");
    }

    static Subnet subnet(String prefix, String first, String last, String router) {
        return new Subnet(
                Prefix.parse(prefix),
                List.of(new AddressPool(LabClient.address(first), LabClient.address(last))),
                Parameters.of(List.of(new DhcpOption.Routers(List.of(LabClient.address(router))))));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /// Ends and begins again with what is on the disk.
    void restart() {
        engine = new DhcpEngine(network);
        disk.forEach(engine::remember);
    }

    /// Takes other orders, as a reload does.
    void serve(Network other) {
        network = other;
        engine.serve(other, now);
    }

    List<Usage> usage() {
        return engine.usage(now);
    }

    List<Lease> disk() {
        return List.copyOf(disk);
    }

    Decision handle(DhcpMessage message) {
        return kept(engine.handle(message, LabClient.SERVER, now));
    }

    /// What a probe of `address` found out.
    Decision probed(String address, boolean answered) {
        return kept(engine.probed(LabClient.address(address), answered, LabClient.SERVER, now));
    }

    private Decision kept(Decision decision) {
        for (var change : decision.changes()) {
            disk.removeIf(old -> old.address().equals(change.lease().address())
                    || change.gone().equals(Optional.of(old.address())));
            disk.add(change.lease());
        }
        return decision;
    }

    Decision.Reply reply(DhcpMessage message) {
        var decision = handle(message);
        assertThat(decision).isInstanceOf(Decision.Reply.class);
        return (Decision.Reply) decision;
    }

    DhcpMessage offer(DhcpMessage discover) {
        return reply(DhcpMessageType.OFFER, discover);
    }

    DhcpMessage ack(DhcpMessage request) {
        return reply(DhcpMessageType.ACK, request);
    }

    DhcpMessage nak(DhcpMessage request) {
        return reply(DhcpMessageType.NAK, request);
    }

    private DhcpMessage reply(DhcpMessageType type, DhcpMessage request) {
        var reply = reply(request).message();
        assertThat(reply.type()).contains(type);
        return reply;
    }

    Decision.Reason silence(DhcpMessage message) {
        var decision = handle(message);
        assertThat(decision).isInstanceOf(Decision.Silent.class);
        return ((Decision.Silent) decision).reason();
    }

    /// The address that `client` is offered.
    Inet4Address offered(LabClient client) {
        return offer(client.discover()).yiaddr();
    }

    /// What `client` leases: all of the exchange.
    String lease(LabClient client) {
        var address = offered(client).getHostAddress();
        assertThat(ack(client.select(address, LabClient.SERVER)).yiaddr().getHostAddress())
                .isEqualTo(address);
        return address;
    }

    static Duration leaseTime(DhcpMessage reply) {
        return reply.option(DhcpOption.LeaseTime.class).orElseThrow().time();
    }
}

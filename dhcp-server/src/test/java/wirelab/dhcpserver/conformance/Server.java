package wirelab.dhcpserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.AddressPool;
import wirelab.dhcpserver.engine.Decision;
import wirelab.dhcpserver.engine.DhcpEngine;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.Network;

/// An engine with a clock that a test moves, and a disk. Confined to one thread.
final class Server {
    static final Duration LEASE_TIME = Duration.ofHours(1);

    private final Network network;
    private final List<Lease> disk = new ArrayList<>();
    private DhcpEngine engine;
    private Instant now = Instant.parse("2026-01-01T00:00:00.25Z");

    /// One that lends `first` to `last`, of 10.20.30.0/24.
    Server(String first, String last) {
        network = new Network(
                LabClient.SERVER,
                LabClient.address("255.255.255.0"),
                new AddressPool(LabClient.address(first), LabClient.address(last)),
                List.of(LabClient.address("10.20.30.1")),
                List.of(LabClient.address("127.0.0.1")),
                Optional.of("lab.example"),
                LEASE_TIME);
        engine = new DhcpEngine(network, disk);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /// Ends and begins again with what is on the disk.
    void restart() {
        engine = new DhcpEngine(network, disk);
    }

    Decision handle(DhcpMessage message) {
        var decision = engine.handle(message, now);
        decision.change().ifPresent(this::keep);
        return decision;
    }

    private void keep(Lease lease) {
        disk.removeIf(old -> old.address().equals(lease.address())
                || (old.client().equals(lease.client())
                        && old.state() != Lease.State.DECLINED
                        && lease.state() != Lease.State.DECLINED));
        disk.add(lease);
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

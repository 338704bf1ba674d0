package wirelab.dhcpserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.Decision;
import wirelab.dhcpserver.engine.Decision.Reason;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.network.Policy;

/// RFC 2131 section 3.1, step 2, and 4.4.1: a server should find out that an address is free before it offers it.
class ProbeTest {
    private static final String FIRST = "10.20.30.51";
    private static final String SECOND = "10.20.30.52";

    private final LabClient one = new LabClient(1);
    private final LabClient two = new LabClient(2);
    private final Server server = server(FIRST, SECOND);

    private static Server server(String first, String last) {
        return new Server(Server.network(
                List.of(Server.subnet(first, last)),
                List.of(),
                new Policy(false, true, true, Policy.NO_LIMIT, Policy.NO_LIMIT)));
    }

    private static String probe(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Probe.class);
        return ((Decision.Probe) decision).address().getHostAddress();
    }

    private static DhcpMessage reply(Decision decision, DhcpMessageType type) {
        assertThat(decision).isInstanceOf(Decision.Reply.class);
        var message = ((Decision.Reply) decision).message();
        assertThat(message.type()).contains(type);
        return message;
    }

    @Test
    void anAddressAtWhichNobodyAnswersIsOffered() {
        assertThat(probe(server.handle(one.discover()))).isEqualTo(FIRST);
        var offer = reply(server.probed(FIRST, false), DhcpMessageType.OFFER);
        assertThat(offer.yiaddr()).isEqualTo(LabClient.address(FIRST));
        assertThat(offer.xid()).isEqualTo(one.discover().xid());
    }

    @Test
    void anAddressAtWhichSomebodyAnswersIsSetAsideAndAnotherIsTried() {
        server.handle(one.discover());
        var next = server.probed(FIRST, true);
        assertThat(probe(next)).isEqualTo(SECOND);
        assertThat(next.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.lease().state()).isEqualTo(Lease.State.DECLINED));
        assertThat(reply(server.probed(SECOND, false), DhcpMessageType.OFFER).yiaddr())
                .isEqualTo(LabClient.address(SECOND));
        server.restart();
        server.nak(two.select(FIRST, LabClient.SERVER));
        server.pass(Duration.ofMinutes(11));
        server.ack(two.select(FIRST, LabClient.SERVER));
    }

    @Test
    void whereSomebodyIsAtEachAddressNobodyIsOfferedAny() {
        server.handle(one.discover());
        server.probed(FIRST, true);
        assertThat(server.probed(SECOND, true))
                .isInstanceOfSatisfying(
                        Decision.Silent.class,
                        silent -> assertThat(silent.reason()).isEqualTo(Reason.POOL_EXHAUSTED));
    }

    @Test
    void whoAsksAgainMeanwhileIsAnsweredOnceAndByItsLastMessage() {
        server.handle(one.discover());
        var again = DhcpMessage.request(0x77, one.chaddr(), one.discover().options());
        assertThat(server.silence(again)).isEqualTo(Reason.PROBING);
        assertThat(reply(server.probed(FIRST, false), DhcpMessageType.OFFER).xid())
                .isEqualTo(0x77);
        assertThat(server.probed(FIRST, false)).isInstanceOf(Decision.Silent.class);
    }

    @Test
    void anAddressThatIsBeingProbedIsNotPromisedToAnother() {
        assertThat(probe(server.handle(one.discover()))).isEqualTo(FIRST);
        assertThat(probe(server.handle(two.discover()))).isEqualTo(SECOND);
    }

    @Test
    void whoHasTheAddressOrItsOfferIsNotProbed() {
        server.handle(one.discover());
        reply(server.probed(FIRST, false), DhcpMessageType.OFFER);
        reply(server.handle(one.discover()), DhcpMessageType.OFFER);
        server.ack(one.select(FIRST, LabClient.SERVER));
        reply(server.handle(one.discover()), DhcpMessageType.OFFER);
    }

    @Test
    void aFloodIsNotHeldUpByProbes() {
        var big = server("10.20.30.51", "10.20.30.199");
        for (int i = 1; i <= 16; i++) {
            probe(big.handle(new LabClient(i).discover()));
        }
        reply(big.handle(new LabClient(17).discover()), DhcpMessageType.OFFER);
    }

    /// RFC 4039 section 3.1: two messages, when client and server both want that.
    @Test
    void whoAsksForARapidCommitIsAcknowledgedAtOnce() {
        var rapid = one.discover(new DhcpOption.RapidCommit());
        server.handle(rapid);
        var decision = server.probed(FIRST, false);
        var ack = reply(decision, DhcpMessageType.ACK);
        assertThat(ack.option(DhcpOption.RapidCommit.class)).isPresent();
        assertThat(decision.changes()).hasSize(1);
        var plain = new Server(FIRST, SECOND);
        assertThat(plain.offer(rapid).option(DhcpOption.RapidCommit.class)).isEmpty();
    }
}

package wirelab.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcp.Ipv4;
import wirelab.testing.Property;
import wirelab.wire.Bytes;

/// What a client does with its lease from the ACK to the end of it, in virtual time.
class LeaseLifeTest {
    private static final Inet4Address SERVER = ip("10.20.30.40");
    private static final Inet4Address SECOND = ip("10.20.30.41");
    private static final Inet4Address FOREIGN = ip("192.168.214.254");
    private static final Inet4Address ADDRESS = ip("10.20.30.51");
    private static final HardwareAddress CHADDR = HardwareAddress.ethernet("02:00:5e:10:00:01");
    private static final DhcpSettings SETTINGS = DhcpSettings.of(CHADDR, Pace.RFC2131);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Tenancy EARLIER = new Tenancy(
            new Lease(ADDRESS, SERVER, HOUR, Optional.empty(), List.of(), List.of()),
            START.plus(HOUR.dividedBy(2)),
            START.plus(Duration.ofSeconds(3150)),
            START.plus(HOUR));

    private Instant now = START;
    private DhcpClient client = DhcpClient.init(SETTINGS, random(1), START);

    @Nested
    class Bound {
        @Test
        void renewsAtHalfItsLeaseAndRebindsAtSevenEighths() {
            var tenancy = bind();
            assertThat(tenancy.t1()).isEqualTo(START.plusSeconds(1800));
            assertThat(tenancy.t2()).isEqualTo(START.plusSeconds(3150));
            assertThat(tenancy.expiry()).isEqualTo(START.plusSeconds(3600));
        }

        @Test
        void renewsAndRebindsWhenTheServerSays() {
            var tenancy = bind(
                    new DhcpOption.LeaseTime(HOUR),
                    new DhcpOption.RenewalTime(Duration.ofSeconds(100)),
                    new DhcpOption.RebindingTime(Duration.ofSeconds(200)));
            assertThat(tenancy.t1()).isEqualTo(START.plusSeconds(100));
            assertThat(tenancy.t2()).isEqualTo(START.plusSeconds(200));
        }

        @Test
        void doesNotBelieveTimesThatAreNotInTheirOrder() {
            var tenancy = bind(
                    new DhcpOption.LeaseTime(HOUR),
                    new DhcpOption.RenewalTime(Duration.ofSeconds(200)),
                    new DhcpOption.RebindingTime(Duration.ofSeconds(100)));
            assertThat(tenancy.t1()).isEqualTo(START.plusSeconds(1800));
            assertThat(tenancy.t2()).isEqualTo(START.plusSeconds(3150));
        }

        @Test
        void neverRenewsALeaseForEver() {
            bind(new DhcpOption.LeaseTime(DhcpOption.LeaseTime.FOR_EVER));
            assertThat(client.deadline()).isEqualTo(Instant.MAX);
        }

        @Test
        void countsItsLeaseFromTheFirstRequestAndNotFromTheAck() {
            request();
            toDeadline();
            var again = sent();
            var late = now;
            handle(ack(again, SERVER), SERVER);
            assertThat(late).isAfter(START);
            assertThat(client.tenancy().orElseThrow().expiry()).isEqualTo(START.plus(HOUR));
        }

        @Test
        void refusesAnAckWithoutALeaseTime() {
            var request = request();
            assertThat(handle(reply(request, DhcpMessageType.ACK, SERVER), SERVER))
                    .isEqualTo(Verdict.ignored("an ACK without a lease time (option 51)"));
        }
    }

    @Nested
    class Renewing {
        @Test
        void asksItsServerAloneFromItsAddress() {
            bind();
            toDeadline();
            var next = client.poll().orElseThrow();
            assertThat(next.to()).isEqualTo(SERVER);
            assertThat(next.message().ciaddr()).isEqualTo(ADDRESS);
            assertThat(next.message().wantsBroadcast()).isFalse();
            // Table 5: neither option 50 nor option 54.
            assertThat(next.message().options()).containsExactly(new DhcpOption.MessageType(DhcpMessageType.REQUEST));
            assertThat(client.lease()).as("the address stays in use").isPresent();
        }

        @Test
        void renewKeepsTheAddress() {
            bind();
            toDeadline();
            handle(ack(sent(), SERVER), SERVER);
            var tenancy = client.tenancy().orElseThrow();
            assertThat(tenancy.lease().address()).isEqualTo(ADDRESS);
            assertThat(tenancy.expiry()).isEqualTo(now.plus(HOUR));
            assertThat(kinds()).containsExactly("Bound", "Renewing", "Renewed");
        }

        @Test
        void asksAgainAfterHalfOfWhatRemainsAndAMinuteAtLeast() {
            bind();
            var waits = new ArrayList<Long>();
            toDeadline();
            for (var before = now; now.isBefore(START.plusSeconds(3150)); before = now) {
                assertThat(sent().type()).contains(DhcpMessageType.REQUEST);
                toDeadline();
                waits.add(Duration.between(before, now).toSeconds());
            }
            // 1350 s from T1 to T2, halved each time.
            assertThat(waits).containsExactly(675L, 337L, 168L, 84L, 60L, 24L);
        }

        @Test
        void goesToInitAfterItsServersNak() {
            bind();
            toDeadline();
            handle(reply(sent(), DhcpMessageType.NAK, SERVER), SERVER);
            assertThat(client.lease()).isEmpty();
            assertThat(kinds()).containsExactly("Bound", "Renewing", "Lost");
            client.tick(now);
            assertThat(sent().type()).contains(DhcpMessageType.DISCOVER);
        }

        @Test
        void ignoresAForeignServersNakAndAck() {
            bind();
            toDeadline();
            var request = sent();
            assertThat(handle(reply(request, DhcpMessageType.NAK, FOREIGN), FOREIGN))
                    .isInstanceOf(Verdict.Ignored.class);
            assertThat(handle(ack(request, FOREIGN), FOREIGN)).isInstanceOf(Verdict.Ignored.class);
            assertThat(client.lease()).map(Lease::server).contains(SERVER);
        }

        @Test
        void ignoresAnAckOfAnotherAddress() {
            bind();
            toDeadline();
            assertThat(handle(ack(sent(), SERVER).withYiaddr(ip("10.20.30.52")), SERVER))
                    .isInstanceOf(Verdict.Ignored.class);
        }

        @Test
        void outlivesALostAck() {
            bind();
            toDeadline();
            var lost = sent();
            toDeadline();
            var second = sent();
            assertThat(handle(ack(lost, SERVER), SERVER)).isEqualTo(Verdict.ignored("another xid than ours"));
            handle(ack(second, SERVER), SERVER);
            assertThat(client.tenancy().orElseThrow().expiry()).isEqualTo(now.plus(HOUR));
        }

        @Test
        void canBeAskedForBeforeItsTime() {
            bind();
            client.renew(now);
            assertThat(client.poll().orElseThrow().to()).isEqualTo(SERVER);
        }
    }

    @Nested
    class Rebinding {
        @Test
        void asksEverybody() {
            rebind();
            var next = client.poll().orElseThrow();
            assertThat(next.to()).isEqualTo(Ipv4.BROADCAST);
            assertThat(next.message().ciaddr()).isEqualTo(ADDRESS);
            assertThat(kinds()).containsExactly("Bound", "Renewing", "Rebinding");
        }

        @Test
        void takesMoreTimeFromAnyServer() {
            rebind();
            handle(ack(sent(), SECOND), SECOND);
            assertThat(client.lease()).map(Lease::server).contains(SECOND);
            assertThat(client.lease()).map(Lease::address).contains(ADDRESS);
        }

        @Test
        void goesToInitWhenTheLeaseExpires() {
            rebind();
            for (int i = 0; client.lease().isPresent(); i++) {
                assertThat(i).isLessThan(20);
                drain();
                toDeadline();
            }
            assertThat(now).isEqualTo(START.plus(HOUR));
            assertThat(kinds()).containsExactly("Bound", "Renewing", "Rebinding", "Lost");
            client.tick(now);
            assertThat(sent().type()).contains(DhcpMessageType.DISCOVER);
        }

        @Test
        void goesToInitAfterANak() {
            rebind();
            handle(reply(sent(), DhcpMessageType.NAK, SECOND), SECOND);
            assertThat(client.lease()).isEmpty();
        }
    }

    @Nested
    class Sleep {
        /// A machine that slept through T1 and T2 goes on where the clock says it is.
        @Test
        void throughT2LeadsToRebinding() {
            bind();
            now = START.plusSeconds(3200);
            client.tick(now);
            assertThat(client.poll().orElseThrow().to()).isEqualTo(Ipv4.BROADCAST);
        }

        @Test
        void throughTheEndLeadsToInit() {
            bind();
            now = START.plusSeconds(3600);
            client.tick(now);
            assertThat(client.lease()).isEmpty();
            client.tick(now);
            assertThat(sent().type()).contains(DhcpMessageType.DISCOVER);
        }
    }

    @Nested
    class Rebooting {
        @Test
        void asksForTheAddressItHad() {
            var request = reboot();
            assertThat(request.ciaddr()).isEqualTo(Ipv4.ANY);
            assertThat(request.options())
                    .containsExactly(
                            new DhcpOption.MessageType(DhcpMessageType.REQUEST),
                            new DhcpOption.RequestedAddress(ADDRESS));
        }

        @Test
        void isBoundByTwoMessages() {
            handle(ack(reboot(), SERVER), SERVER);
            assertThat(client.lease()).map(Lease::address).contains(ADDRESS);
        }

        @Test
        void goesToInitAfterANak() {
            handle(reply(reboot(), DhcpMessageType.NAK, SERVER), SERVER);
            client.tick(now);
            assertThat(sent().type()).contains(DhcpMessageType.DISCOVER);
            assertThat(kinds()).containsExactly("Refused");
        }

        @Test
        void goesToInitWhenNobodyKnowsIt() {
            reboot();
            toDeadline();
            assertThat(sent().type()).contains(DhcpMessageType.REQUEST);
            toDeadline();
            assertThat(sent().type()).contains(DhcpMessageType.DISCOVER);
        }
    }

    @Nested
    class Checking {
        @Test
        void usesTheAddressOnceNobodyElseDoes() {
            check();
            assertThat(client.lease()).isEmpty();
            assertThat(client.checking()).contains(ADDRESS);
            client.checked(false, now);
            assertThat(client.lease()).map(Lease::address).contains(ADDRESS);
        }

        @Test
        void declinesAnAddressInUseAndWaitsTenSeconds() {
            check();
            client.checked(true, now);
            var decline = sent();
            assertThat(decline.options())
                    .containsExactly(
                            new DhcpOption.MessageType(DhcpMessageType.DECLINE),
                            new DhcpOption.RequestedAddress(ADDRESS),
                            new DhcpOption.ServerIdentifier(SERVER));
            assertThat(decline.ciaddr()).isEqualTo(Ipv4.ANY);
            assertThat(client.deadline()).isEqualTo(now.plusSeconds(10));
            toDeadline();
            assertThat(sent().type()).contains(DhcpMessageType.DISCOVER);
        }

        private void check() {
            client = DhcpClient.init(SETTINGS.checking(), random(1), START);
            handle(ack(request(), SERVER), SERVER);
        }
    }

    @Test
    void saysWhoItIsInEveryMessageAndWhatItWantsInThoseThatAreAnswered() {
        var id = Bytes.hex("00616263");
        client = DhcpClient.init(
                new DhcpSettings(CHADDR, Pace.RFC2131, Optional.of(id), Optional.of("pc"), List.of(1, 3), false),
                random(1),
                START);
        client.tick(now);
        var discover = sent();
        handle(reply(discover, DhcpMessageType.OFFER, SERVER), SERVER);
        var request = sent();
        handle(ack(request, SERVER), SERVER);
        client.release(now);
        var release = sent();
        assertThat(List.of(discover, request))
                .allSatisfy(message -> assertThat(message.options())
                        .contains(
                                new DhcpOption.ClientIdentifier(id),
                                new DhcpOption.HostName("pc"),
                                new DhcpOption.ParameterRequestList(List.of(1, 3))));
        assertThat(release.options())
                .contains(new DhcpOption.ClientIdentifier(id))
                .doesNotContain(new DhcpOption.HostName("pc"));
    }

    @Test
    void waitsFourSecondsAndTwiceAsLongEachTime() {
        client.tick(now);
        for (long seconds = 4; seconds <= 64; seconds *= 2) {
            drain();
            var before = now;
            toDeadline();
            assertThat(Duration.between(before, now))
                    .isBetween(Duration.ofSeconds(seconds - 1), Duration.ofSeconds(seconds + 1));
        }
    }

    /// Messages get lost, doubled and late, servers refuse now and then: an address is in use only while a server has
    /// let it, and the client always has an alarm, so that it never hangs.
    @Property
    void usesAnAddressOnlyWhileItIsLet(RandomGenerator random) {
        client = DhcpClient.init(SETTINGS, random, START);
        var server = new Server(random);
        for (int i = 0; i < 400; i++) {
            client.tick(now);
            for (var next = client.poll(); next.isPresent(); next = client.poll()) {
                server.take(next.get());
            }
            server.answers(message -> handle(message, SERVER));
            if (client.lease().isPresent()) {
                assertThat(now).isBefore(server.until);
            }
            assertThat(client.deadline()).isNotEqualTo(Instant.MAX);
            now = client.deadline().isAfter(now) ? client.deadline() : now;
        }
        assertThat(server.let).as("leases and renewals").isPositive();
    }

    /// A server on a bad network.
    private final class Server {
        private final RandomGenerator random;
        private final List<DhcpMessage> answers = new ArrayList<>();
        private Instant until = Instant.MIN;
        private int let;

        private Server(RandomGenerator random) {
            this.random = random;
        }

        private void take(Outgoing outgoing) {
            if (random.nextInt(3) == 0) {
                return;
            }
            var message = outgoing.message();
            switch (message.type().orElseThrow()) {
                case DISCOVER -> answers.add(reply(message, DhcpMessageType.OFFER, SERVER));
                case REQUEST -> answers.add(answer(message));
                default -> {}
            }
        }

        private DhcpMessage answer(DhcpMessage request) {
            if (random.nextInt(5) == 0) {
                return reply(request, DhcpMessageType.NAK, SERVER);
            }
            let++;
            until = until.isAfter(now.plus(HOUR)) ? until : now.plus(HOUR);
            return ack(request, SERVER);
        }

        private void answers(Consumer<DhcpMessage> client) {
            var all = List.copyOf(answers);
            for (var answer : all) {
                int fate = random.nextInt(4);
                if (fate != 0) {
                    client.accept(answer);
                }
                // What is kept comes again, or late.
                if (fate != 1 && random.nextBoolean()) {
                    answers.remove(answer);
                }
            }
        }
    }

    private Tenancy bind(DhcpOption... times) {
        var options = new ArrayList<DhcpOption>(
                List.of(new DhcpOption.MessageType(DhcpMessageType.ACK), new DhcpOption.ServerIdentifier(SERVER)));
        options.addAll(times.length == 0 ? List.of(new DhcpOption.LeaseTime(HOUR)) : List.of(times));
        handle(request().reply(options).withYiaddr(ADDRESS), SERVER);
        return client.tenancy().orElseThrow();
    }

    private void rebind() {
        bind();
        toDeadline();
        while (now.isBefore(START.plusSeconds(3150))) {
            drain();
            toDeadline();
        }
    }

    private DhcpMessage reboot() {
        client = DhcpClient.initReboot(SETTINGS, EARLIER, random(1), START);
        client.tick(now);
        return sent();
    }

    private DhcpMessage request() {
        client.tick(now);
        handle(reply(sent(), DhcpMessageType.OFFER, SERVER), SERVER);
        return sent();
    }

    private void toDeadline() {
        now = client.deadline();
        client.tick(now);
    }

    private DhcpMessage sent() {
        return client.poll().orElseThrow().message();
    }

    private void drain() {
        while (client.poll().isPresent()) {
            // Nobody takes it.
            assertThat(now).isAfterOrEqualTo(START);
        }
    }

    private List<String> kinds() {
        var kinds = new ArrayList<String>();
        for (var one = client.news(); one.isPresent(); one = client.news()) {
            kinds.add(one.get().getClass().getSimpleName());
        }
        return kinds;
    }

    private Verdict handle(DhcpMessage message, Inet4Address from) {
        return client.handle(message, from, now);
    }

    private static DhcpMessage ack(DhcpMessage request, Inet4Address server) {
        return reply(request, DhcpMessageType.ACK, server, new DhcpOption.LeaseTime(HOUR));
    }

    private static DhcpMessage reply(DhcpMessage to, DhcpMessageType type, Inet4Address server, DhcpOption... more) {
        var options = new ArrayList<DhcpOption>(
                List.of(new DhcpOption.MessageType(type), new DhcpOption.ServerIdentifier(server)));
        options.addAll(List.of(more));
        return to.reply(options).withYiaddr(type == DhcpMessageType.NAK ? Ipv4.ANY : ADDRESS);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static Inet4Address ip(String text) {
        return Inet4Address.ofLiteral(text);
    }
}

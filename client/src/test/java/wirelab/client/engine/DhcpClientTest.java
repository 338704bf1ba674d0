package wirelab.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.HardwareAddress;
import wirelab.testing.Property;

/// The client's side of DHCP, without a network.
class DhcpClientTest {
    private static final Inet4Address SERVER = ip("10.20.30.40");
    private static final Inet4Address FOREIGN = ip("192.168.214.254");
    private static final Inet4Address OFFERED = ip("10.20.30.51");
    private static final HardwareAddress CHADDR = HardwareAddress.ethernet("02:00:5e:10:00:01");
    private static final DhcpSettings SETTINGS = DhcpSettings.of(CHADDR, Pace.DHCP);
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private Instant now = START;
    private final DhcpClient client = DhcpClient.init(SETTINGS, random(1), START);

    @Nested
    class Init {
        @Test
        void sendsADiscoverOf244Octets() {
            var discover = discover();
            assertThat(DhcpCodec.encode(discover).size()).isEqualTo(244);
            assertThat(discover.type()).contains(DhcpMessageType.DISCOVER);
            assertThat(discover.chaddr()).isEqualTo(CHADDR);
            assertThat(discover.wantsBroadcast()).isTrue();
            assertThat(discover.ciaddr().isAnyLocalAddress()).isTrue();
        }

        @Test
        void choosesAnotherXidEachTime() {
            var other = DhcpClient.init(SETTINGS, random(2), START);
            other.tick(START);
            assertThat(other.poll().orElseThrow().message().xid())
                    .isNotEqualTo(discover().xid());
        }
    }

    @Nested
    class Selecting {
        @Test
        void requestsWhatWasOfferedIn256Octets() {
            var discover = discover();
            assertThat(handle(offer(discover), SERVER)).isEqualTo(Verdict.accepted());
            var request = client.poll().orElseThrow().message();
            assertThat(DhcpCodec.encode(request).size()).isEqualTo(256);
            assertThat(request.xid()).isEqualTo(discover.xid());
            assertThat(request.options())
                    .containsExactly(
                            new DhcpOption.MessageType(DhcpMessageType.REQUEST),
                            new DhcpOption.RequestedAddress(OFFERED),
                            new DhcpOption.ServerIdentifier(SERVER));
        }

        @Test
        void takesTheFirstOfTwoOffers() {
            var discover = discover();
            handle(offer(discover), SERVER);
            assertThat(handle(reply(discover, DhcpMessageType.OFFER, Optional.of(FOREIGN)), FOREIGN))
                    .isInstanceOf(Verdict.Ignored.class);
            assertThat(client.poll().orElseThrow().message().serverIdentifier()).contains(SERVER);
            assertThat(client.poll()).isEmpty();
        }

        @Test
        void ignoresAnOfferOfAnotherXid() {
            var stranger = DhcpMessage.request(discover().xid() + 1, CHADDR, List.of());
            assertThat(handle(offer(stranger), SERVER)).isEqualTo(Verdict.ignored("another xid than ours"));
            assertThat(client.poll()).isEmpty();
        }

        @Test
        void ignoresAnOfferForAnotherCard() {
            var stranger =
                    DhcpMessage.request(discover().xid(), HardwareAddress.ethernet("02:00:5e:10:00:02"), List.of());
            assertThat(handle(offer(stranger), SERVER)).isInstanceOf(Verdict.Ignored.class);
        }

        @Test
        void ignoresAnOfferWithoutServerIdentifier() {
            assertThat(handle(reply(discover(), DhcpMessageType.OFFER, Optional.empty()), SERVER))
                    .isInstanceOf(Verdict.Ignored.class);
            assertThat(client.poll()).isEmpty();
        }

        @Test
        void ignoresAnOfferOfNoAddress() {
            var discover = discover();
            var empty = discover.reply(List.of(
                    new DhcpOption.MessageType(DhcpMessageType.OFFER), new DhcpOption.ServerIdentifier(SERVER)));
            assertThat(handle(empty, SERVER)).isInstanceOf(Verdict.Ignored.class);
        }

        @Test
        void ignoresAnAckBeforeItHasAsked() {
            assertThat(handle(ack(discover()), SERVER)).isInstanceOf(Verdict.Ignored.class);
            assertThat(client.lease()).isEmpty();
        }

        @Test
        void ignoresARequestOfAnotherClient() {
            assertThat(handle(discover(), OFFERED)).isEqualTo(Verdict.ignored("a request"));
        }

        @Test
        void retransmitsWithBackoff() {
            var xid = discover().xid();
            var waits = new ArrayList<Duration>();
            for (int i = 0; i < 9; i++) {
                var alarm = client.deadline();
                waits.add(Duration.between(now, alarm));
                now = alarm;
                client.tick(now);
                var again = client.poll().orElseThrow().message();
                assertThat(again.xid()).isEqualTo(xid);
                assertThat(again.secs())
                        .isEqualTo((int) Duration.between(START, now).toSeconds());
            }
            for (int i = 0; i < waits.size(); i++) {
                var expected = Duration.ofSeconds(Math.min(64, 1L << i));
                assertThat(waits.get(i)).isBetween(expected.minusMillis(250), expected.plusMillis(250));
            }
        }

        @Test
        void sendsNothingBeforeItsAlarm() {
            discover();
            client.tick(client.deadline().minusNanos(1));
            assertThat(client.poll()).isEmpty();
        }
    }

    @Nested
    class Requesting {
        @Test
        void isBoundByTheAckOfItsServer() {
            assertThat(handle(ack(request()), SERVER)).isEqualTo(Verdict.accepted());
            var lease = client.lease().orElseThrow();
            assertThat(lease.address()).isEqualTo(OFFERED);
            assertThat(lease.server()).isEqualTo(SERVER);
            assertThat(lease.time()).isEqualTo(Duration.ofHours(1));
            assertThat(lease.dnsServers()).containsExactly(ip("127.0.0.1"));
            assertThat(client.deadline()).as("T1").isEqualTo(START.plus(Duration.ofMinutes(30)));
        }

        /// The report's packet 14: a NAK without option 54, from 192.168.214.254, between REQUEST and ACK.
        @Test
        void ignoresANakFromAServerItDidNotChoose() {
            var request = request();
            assertThat(handle(reply(request, DhcpMessageType.NAK, Optional.empty()), FOREIGN))
                    .isEqualTo(Verdict.ignored("of 192.168.214.254, and 10.20.30.40 was chosen"));
            assertThat(client.poll()).isEmpty();
            handle(ack(request), SERVER);
            assertThat(client.lease()).map(Lease::address).contains(OFFERED);
        }

        @Test
        void ignoresANakThatNamesAnotherServer() {
            var request = request();
            // It may even claim to come from the chosen one's address.
            assertThat(handle(reply(request, DhcpMessageType.NAK, Optional.of(FOREIGN)), SERVER))
                    .isInstanceOf(Verdict.Ignored.class);
            assertThat(client.lease()).isEmpty();
        }

        @Test
        void ignoresAnAckFromAServerItDidNotChoose() {
            var request = request();
            assertThat(handle(reply(request, DhcpMessageType.ACK, Optional.of(FOREIGN)), FOREIGN))
                    .isInstanceOf(Verdict.Ignored.class);
            assertThat(client.lease()).isEmpty();
        }

        @Test
        void startsOverAtOnceAfterItsServersNak() {
            var request = request();
            var nak = request.reply(List.of(
                    new DhcpOption.MessageType(DhcpMessageType.NAK),
                    new DhcpOption.ServerIdentifier(SERVER),
                    new DhcpOption.Message("the pool is empty")));
            assertThat(handle(nak, SERVER)).isEqualTo(Verdict.accepted());
            assertThat(client.lastRefusal()).contains("the pool is empty");
            client.tick(now);
            var discover = client.poll().orElseThrow().message();
            assertThat(discover.type()).contains(DhcpMessageType.DISCOVER);
            assertThat(discover.xid()).isNotEqualTo(request.xid());
        }

        @Test
        void asksLessOftenIfItIsRefusedAgain() {
            handle(reply(request(), DhcpMessageType.NAK, Optional.of(SERVER)), SERVER);
            handle(reply(request(), DhcpMessageType.NAK, Optional.of(SERVER)), SERVER);
            client.tick(now);
            assertThat(client.poll()).isEmpty();
            assertThat(Duration.between(now, client.deadline())).isGreaterThan(Duration.ofMillis(700));
        }

        @Test
        void repeatsItsRequestWithTheSecsOfItsDiscover() {
            now = now.plusMillis(10);
            var request = request();
            now = client.deadline();
            client.tick(now);
            assertThat(client.poll()).map(Outgoing::message).contains(request);
        }

        @Test
        void startsOverWhenFourRequestsGoUnanswered() {
            var xid = request().xid();
            for (int i = 1; i < 4; i++) {
                now = client.deadline();
                client.tick(now);
                assertThat(client.poll().orElseThrow().message().type()).contains(DhcpMessageType.REQUEST);
            }
            now = client.deadline();
            client.tick(now);
            var discover = client.poll().orElseThrow().message();
            assertThat(discover.type()).contains(DhcpMessageType.DISCOVER);
            assertThat(discover.xid()).isNotEqualTo(xid);
        }
    }

    @Nested
    class Bound {
        @Test
        void ignoresASecondAck() {
            var request = request();
            handle(ack(request), SERVER);
            assertThat(handle(ack(request), SERVER)).isInstanceOf(Verdict.Ignored.class);
            assertThat(client.lease()).isPresent();
        }

        @Test
        void releasesByNameOfItsServer() {
            handle(ack(request()), SERVER);
            client.release(now);
            var release = client.poll().orElseThrow().message();
            assertThat(release.ciaddr()).isEqualTo(OFFERED);
            assertThat(release.options())
                    .containsExactly(
                            new DhcpOption.MessageType(DhcpMessageType.RELEASE),
                            new DhcpOption.ServerIdentifier(SERVER));
            assertThat(release.wantsBroadcast()).isFalse();
            assertThat(client.lease()).isEmpty();
            assertThat(client.deadline()).isEqualTo(Instant.MAX);
        }
    }

    /// Whatever comes in whatever order, a lease only ever is what the chosen server let.
    @Property
    void believesTheChosenServerAlone(RandomGenerator random) {
        client.tick(now);
        var last = client.poll().orElseThrow().message();
        var types = DhcpMessageType.values();
        for (int i = 0; i < 50 && client.lease().isEmpty(); i++) {
            var server = random.nextBoolean() ? SERVER : FOREIGN;
            var named = random.nextInt(3) == 0 ? Optional.<Inet4Address>empty() : Optional.of(server);
            handle(reply(last, types[random.nextInt(types.length)], named), server);
            if (client.lease().isEmpty() && random.nextInt(4) == 0) {
                now = client.deadline().equals(Instant.MAX) ? now : client.deadline();
            }
            client.tick(now);
            for (var next = client.poll(); next.isPresent(); next = client.poll()) {
                last = next.get().message();
            }
        }
        if (client.lease().isPresent()) {
            assertThat(last.type()).contains(DhcpMessageType.REQUEST);
            assertThat(client.lease().get().server())
                    .isEqualTo(last.serverIdentifier().orElseThrow());
        }
    }

    private DhcpMessage discover() {
        client.tick(now);
        return client.poll().orElseThrow().message();
    }

    private DhcpMessage request() {
        client.tick(now);
        var discover = client.poll().orElseThrow().message();
        handle(offer(discover), SERVER);
        return client.poll().orElseThrow().message();
    }

    private Verdict handle(DhcpMessage message, Inet4Address from) {
        return client.handle(message, from, now);
    }

    private static DhcpMessage offer(DhcpMessage discover) {
        return reply(discover, DhcpMessageType.OFFER, Optional.of(SERVER));
    }

    private static DhcpMessage ack(DhcpMessage request) {
        return reply(request, DhcpMessageType.ACK, Optional.of(SERVER));
    }

    private static DhcpMessage reply(DhcpMessage to, DhcpMessageType type, Optional<Inet4Address> server) {
        var options = new ArrayList<DhcpOption>();
        options.add(new DhcpOption.MessageType(type));
        server.ifPresent(address -> options.add(new DhcpOption.ServerIdentifier(address)));
        options.add(new DhcpOption.SubnetMask(ip("255.255.255.0")));
        options.add(new DhcpOption.DnsServers(List.of(ip("127.0.0.1"))));
        options.add(new DhcpOption.LeaseTime(Duration.ofHours(1)));
        return to.reply(options).withYiaddr(OFFERED);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static Inet4Address ip(String text) {
        return Inet4Address.ofLiteral(text);
    }
}

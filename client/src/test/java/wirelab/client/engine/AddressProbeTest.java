package wirelab.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import wirelab.client.engine.AddressProbe.Finding;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcp.Ipv4;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

class AddressProbeTest {
    private static final HardwareAddress SELF = HardwareAddress.ethernet("02:00:5e:10:00:01");
    private static final HardwareAddress OTHER = HardwareAddress.ethernet("02:00:5e:10:00:02");
    private static final Inet4Address ADDRESS = Inet4Address.ofLiteral("10.20.30.51");
    private static final Inet4Address ELSE = Inet4Address.ofLiteral("10.20.30.52");
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private final AddressProbe probe = new AddressProbe(
            SELF, ADDRESS, RandomGeneratorFactory.of("L64X128MixRandom").create(1), START);

    @Property
    void asksThreeTimesAndThenTheAddressIsFree(RandomGenerator random) {
        var one = new AddressProbe(SELF, ADDRESS, random, START);
        var times = new ArrayList<Instant>();
        while (one.finding() == Finding.OPEN) {
            var now = one.deadline();
            one.tick(now).ifPresent(packet -> {
                assertThat(packet).isEqualTo(ArpPacket.probe(SELF, ADDRESS));
                times.add(now);
            });
        }
        assertThat(one.finding()).isEqualTo(Finding.FREE);
        assertThat(times).hasSize(3);
        assertThat(Duration.between(START, times.get(0))).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        assertThat(Duration.between(times.get(0), times.get(1)))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(Duration.between(times.get(2), one.deadline())).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whoSpeaksFromTheAddressHasIt() {
        probe.handle(new ArpPacket(2, OTHER, ADDRESS, SELF, Ipv4.ANY));
        assertThat(probe.finding()).isEqualTo(Finding.IN_USE);
    }

    @Test
    void whoElseProbesForItWantsIt() {
        probe.handle(ArpPacket.probe(OTHER, ADDRESS));
        assertThat(probe.finding()).isEqualTo(Finding.IN_USE);
    }

    @Test
    void ourOwnProbeAndOtherPeoplesTalkSayNothing() {
        probe.handle(ArpPacket.probe(SELF, ADDRESS));
        probe.handle(new ArpPacket(1, OTHER, ELSE, SELF, ADDRESS));
        probe.handle(new ArpPacket(2, OTHER, ELSE, SELF, ADDRESS));
        assertThat(probe.finding()).isEqualTo(Finding.OPEN);
    }

    @Test
    void aProbeHasTheOctetsOfRfc826AndSurvives() throws MalformedException {
        var packet = ArpPacket.probe(SELF, ADDRESS);
        var octets = Bytes.hex("00010800060400010200 5e100001 00000000 000000000000 0a141e33".replace(" ", ""));
        assertThat(packet.encode()).isEqualTo(octets);
        assertThat(ArpPacket.decode(octets.plus(Bytes.of(0, 0, 0)))).isEqualTo(packet);
    }
}

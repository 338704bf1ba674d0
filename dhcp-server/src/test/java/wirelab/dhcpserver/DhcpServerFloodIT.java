package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.Bytes;

/// What anybody may send: random and mutated datagrams, a few at a time and as fast as they go. The server answers the
/// next good DISCOVER, and has kept nothing.
///
/// `-Dwirelab.datagrams=50000` sends as many each time.
@Timeout(240)
class DhcpServerFloodIT {
    private static final int DATAGRAMS = Integer.getInteger("wirelab.datagrams", 10_000);
    /// Live objects after a full collection move by some hundred kilobytes; ten thousand datagrams kept would be
    /// megabytes.
    private static final long HEAP_SLACK = 1 << 20;
    /// Resident memory also holds the garbage that no collection has come for yet.
    private static final long RESIDENT_SLACK = 64 << 20;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    private final LabClient good = new LabClient(0xffff);

    @TempDir
    Path folder;

    @Test
    void afterTenThousandStrangeDatagramsItAnswersAndHasNotGrown()
            throws IOException, InterruptedException, URISyntaxException {
        var leases = folder.resolve("leases.db").toString();
        try (var network = PrivateNetwork.onLoopback();
                var server = ProgramUnderTest.startBy(network.enter(), "dhcp-server", "--leases", leases);
                var peer = DhcpPeer.at(DhcpPeer.BROADCAST, network)) {
            var address = peer.askInACrowd(good.discover()).message().yiaddr().getHostAddress();
            assertThat(peer.askInACrowd(good.select(address, LabClient.SERVER))
                            .message()
                            .type())
                    .contains(DhcpMessageType.ACK);
            flood(peer, 100, address);
            long resident = server.residentBytes();
            long live = liveOctets(network, server);
            flood(peer, 100, address);
            flood(peer, 2500, address);
            assertThat(server.residentBytes() - resident)
                    .as("growth from %d octets resident", resident)
                    .isLessThan(RESIDENT_SLACK);
            assertThat(liveOctets(network, server) - live)
                    .as("growth from %d octets of live objects", live)
                    .isLessThan(HEAP_SLACK);
            assertThat(server.stderr()).doesNotContain("ERROR", "Exception", "a fault of ours");
        }
    }

    private void flood(DhcpPeer peer, int burst, String address) throws IOException, InterruptedException {
        for (int i = 1; i <= DATAGRAMS; i++) {
            peer.send(strange());
            if (i % burst == 0) {
                var offer = peer.askInACrowd(good.discover()).message();
                assertThat(offer.type()).contains(DhcpMessageType.OFFER);
                assertThat(offer.yiaddr()).isEqualTo(LabClient.address(address));
            }
        }
    }

    private Bytes strange() {
        if (random.nextInt(3) == 0) {
            return octets(random.nextInt(1400));
        }
        var message = DhcpCodec.encode(plausible()).toArray();
        for (int i = random.nextInt(6); i > 0; i--) {
            // The options are where the most can go wrong.
            int at = random.nextBoolean() ? random.nextInt(240, message.length) : random.nextInt(message.length);
            message[at] = (byte) random.nextInt(256);
        }
        boolean whole = random.nextInt(4) != 0;
        return Bytes.copyOf(message).slice(0, whole ? message.length : random.nextInt(message.length));
    }

    private DhcpMessage plausible() {
        var client = new LabClient(random.nextInt(500));
        var address = "10.20.30." + random.nextInt(256);
        return switch (random.nextInt(7)) {
            case 0 -> client.select(address, LabClient.SERVER);
            case 1 -> client.reboot(address);
            case 2 -> client.renew(address);
            case 3 -> client.release(address);
            case 4 -> client.decline(address);
            case 5 -> client.inform(address);
            default ->
                client.discover(
                        new DhcpOption.ParameterRequestList(List.of(1, 3, 6, 15, 28, 58, 59)),
                        new DhcpOption.ClientIdentifier(octets(1 + random.nextInt(300))),
                        new DhcpOption.HostName(octets(random.nextInt(100)).toLatin1()),
                        new DhcpOption.RelayAgentInformation(octets(random.nextInt(300))));
        };
    }

    private Bytes octets(int count) {
        var octets = new byte[count];
        random.nextBytes(octets);
        return Bytes.copyOf(octets);
    }

    /// What is left on the heap after a full collection, from the last line of `jcmd`'s histogram.
    private static long liveOctets(PrivateNetwork network, ProgramUnderTest server) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var lines = network.run(jcmd, Long.toString(server.pid()), "GC.class_histogram")
                .strip()
                .lines()
                .toList();
        assertThat(lines.getLast()).startsWith("Total");
        return Long.parseLong(lines.getLast().split("\\s+", -1)[2]);
    }
}

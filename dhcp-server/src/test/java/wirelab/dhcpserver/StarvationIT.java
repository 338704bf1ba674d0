package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.HardwareAddress;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Somebody who wants all the addresses of a network for himself: ten thousand cards a second, each of which nobody
/// has seen before.
///
/// `-Dwirelab.seconds=10` lets it last for ten seconds.
@Timeout(240)
class StarvationIT {
    private static final int SECONDS = Integer.getInteger("wirelab.seconds", 2);
    private static final int A_SECOND = 10_000;
    private static final int BURST = 100;
    private static final int CLIENTS = 20;
    /// What the pool, when it is full, and the offers take, with room; all that came would be more.
    private static final long HEAP_SLACK = 16 << 20;

    private static final long RESIDENT_SLACK = 128 << 20;
    private static final Inet4Address HERE = LabClient.address("127.0.0.40");
    private static final Inet4Address THERE = LabClient.address("127.1.0.40");

    @TempDir
    Path folder;

    private ProgramUnderTest start(int clientPort) throws IOException {
        return ProgramUnderTest.start(
                "dhcp-server",
                "--leases",
                folder.resolve("leases.db").toString(),
                "--interface",
                "lo=127.0.0.40,lo=127.1.0.40",
                "--subnet",
                "127.0.0.0/16,pool=127.0.16.1-127.0.31.254",
                "--subnet",
                "127.1.0.0/16,pool=127.1.16.1-127.1.16.99",
                "--reply-to",
                "127.0.0.1",
                "--port",
                "0",
                "--client-port",
                Integer.toString(clientPort),
                "--log-level",
                "warn");
    }

    @Test
    void whoHasAnAddressKeepsItAndTheOtherNetworkIsNotTouched()
            throws IOException, InterruptedException, MalformedException {
        try (var peer = new LoopbackPeer();
                var server = start(peer.port())) {
            var here = new InetSocketAddress(HERE, port(server, 0));
            var there = new InetSocketAddress(THERE, port(server, 1));
            Map<LabClient, Inet4Address> known = new HashMap<>();
            for (int i = 1; i <= CLIENTS; i++) {
                known.put(new LabClient(i), peer.lease(new LabClient(i), here));
            }
            long live = server.liveBytes();
            long resident = server.residentBytes();
            var attack = Thread.ofPlatform().start(() -> attack(here));
            var others = new ArrayList<Inet4Address>();
            while (attack.isAlive() || others.isEmpty()) {
                for (var one : known.entrySet()) {
                    peer.assertKeeps(one.getKey(), one.getValue(), here);
                }
                if (others.size() < CLIENTS) {
                    others.add(peer.lease(new LabClient(1001 + others.size()), there));
                }
            }
            attack.join();
            // The server answers in turn: it has seen all of the attack when this is answered.
            peer.assertKeeps(new LabClient(1), known.getOrDefault(new LabClient(1), HERE), here);
            assertThat(server.liveBytes() - live)
                    .as("growth from %d octets of live objects", live)
                    .isLessThan(HEAP_SLACK);
            assertThat(server.residentBytes() - resident)
                    .as("growth from %d octets resident", resident)
                    .isLessThan(RESIDENT_SLACK);
            assertThat(others).doesNotHaveDuplicates();
            assertThat(addresses("127.1.0.0/16")).hasSameSizeAs(others);
            assertThat(addresses("127.0.0.0/16")).hasSizeGreaterThan(CLIENTS);
            // What has to be said is not said ten thousand times a second.
            assertThat(server.stderr().lines()).hasSizeLessThan(20 * (SECONDS + 1));
            assertThat(server.stderr()).doesNotContain("ERROR", "a fault of ours");
        }
    }

    private static int port(ProgramUnderTest server, int index) {
        var address = server.addresses().get(index);
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1, address.lastIndexOf('/')));
    }

    private List<String> addresses(String network) throws IOException, InterruptedException {
        var leases = folder.resolve("leases.db").toString();
        var result = ProgramUnderTest.run("dhcp-server", "leases", "--leases", leases, "--in", network);
        assertThat(result.exitCode()).isZero();
        return result.stdout().lines().skip(1).toList();
    }

    private static void attack(InetSocketAddress server) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        try (var socket = new DatagramSocket(0)) {
            long next = System.nanoTime();
            for (int i = 0; i < SECONDS * A_SECOND; i++) {
                var payload = DhcpCodec.encode(greedy(random)).toArray();
                socket.send(new DatagramPacket(payload, payload.length, server));
                if (i % BURST == 0) {
                    next += TimeUnit.SECONDS.toNanos(1) * BURST / A_SECOND;
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks for an offer, or takes an address without asking.
    private static DhcpMessage greedy(RandomGenerator random) {
        var octets = new byte[6];
        random.nextBytes(octets);
        octets[0] = 2;
        var card = new HardwareAddress(HardwareAddress.ETHERNET, Bytes.copyOf(octets));
        if (random.nextBoolean()) {
            return DhcpMessage.request(
                    random.nextInt(), card, List.of(new DhcpOption.MessageType(DhcpMessageType.DISCOVER)));
        }
        var wish = LabClient.address("127.0." + random.nextInt(16, 32) + "." + random.nextInt(1, 255));
        return DhcpMessage.request(
                random.nextInt(),
                card,
                List.of(
                        new DhcpOption.MessageType(DhcpMessageType.REQUEST),
                        new DhcpOption.RequestedAddress(wish),
                        new DhcpOption.ServerIdentifier(HERE)));
    }
}

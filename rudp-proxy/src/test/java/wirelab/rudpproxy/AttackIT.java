package wirelab.rudpproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wirelab.rudp.file.FileReceiver.Step;
import wirelab.rudp.transport.TransportConfig;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.Bytes;

/// The real jar among people who mean no good.
@Timeout(180)
class AttackIT {
    private static final int CHECK = 4;
    private static final long MEGABYTE = 1 << 20;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private final byte[] file = new byte[2_000_000];

    AttackIT() {
        random.nextBytes(file);
    }

    private HttpStub http() throws IOException {
        return new HttpStub((_, out) -> {
            HttpStub.head(out, file.length);
            out.write(file);
        });
    }

    private static ProgramUnderTest proxy(HttpStub http, String... options) throws IOException {
        return CongestionIT.proxy(http.port(), options);
    }

    private void assertServed(FilePeer peer) throws IOException {
        assertWhole(peer.fetch("/file.bin"));
    }

    private void assertWhole(FilePeer.Download download) {
        assertThat(download.connection.closed()).isEmpty();
        assertThat(download.isComplete()).isTrue();
        assertThat(download.digest()).isEqualTo(FilePeer.sha256(file));
    }

    @Test
    void whateverIsThrownAtADownloadItGoesOnAndItsOctetsAreRight() throws IOException {
        try (var http = http();
                var proxy = proxy(http, "--congestion=fixed:50mbit/64000");
                var peer = new FilePeer(proxy.port());
                var old = new FilePeer(2, proxy.port());
                var attacker = new FilePeer(3, proxy.port())) {
            assertServed(old);
            var ancient = List.copyOf(old.sent());
            var download = peer.get("/file.bin");
            for (int step = 1; step <= 40; step++) {
                long goal = (long) step * (file.length / 50);
                peer.runUntil(() -> download.received >= goal);
                // Its own packets once more, also from elsewhere; those of a connection that is over; none at all.
                var its = any(peer.sent());
                peer.throwAt(its);
                attacker.throwAt(its);
                peer.throwAt(any(ancient));
                attacker.throwAt(any(ancient));
                // With the right id and a number of tomorrow: from elsewhere, or with a wrong check.
                attacker.throwAt(resealed(numbered(its, 1 << 20)));
                peer.throwAt(numbered(its, 1 << 20));
                // With another id, for which there is no connection.
                peer.throwAt(resealed(changed(its, 12)));
                for (var thrower : List.of(peer, attacker)) {
                    thrower.throwAt(its.slice(0, random.nextInt(its.size())));
                    thrower.throwAt(octets(random.nextInt(1500)));
                    thrower.throwAt(packet(octets(65_507)));
                    thrower.throwAt(Bytes.EMPTY);
                }
            }
            peer.runUntil(download::isOver);
            assertWhole(download);
            assertServed(old);
        }
    }

    @Test
    void thirtyThousandMutatedPacketsChangeNothingAndTakeNoMemory() throws IOException {
        try (var http = http();
                var proxy = proxy(http);
                var attacker = new FilePeer(2, proxy.port());
                var peer = new FilePeer(proxy.port())) {
            assertServed(attacker);
            var recorded = List.copyOf(attacker.sent());
            flood(attacker, recorded);
            assertServed(peer);
            long before = proxy.liveBytes();
            flood(attacker, recorded);
            flood(attacker, recorded);
            assertServed(peer);
            assertThat(proxy.liveBytes() - before).isLessThan(4 * MEGABYTE);
            assertThat(proxy.stderr()).doesNotContain("a fault of ours");
        }
    }

    /// Half of them have a check that is right, so that it is not that alone which keeps them out.
    private void flood(FilePeer attacker, List<Bytes> recorded) throws IOException {
        for (int i = 0; i < 10_000; i++) {
            var one = any(recorded);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                one = changed(one, random.nextInt(one.size()));
            }
            attacker.throwAt(random.nextBoolean() ? resealed(one) : one);
        }
    }

    /// A client that breaks every rule at once takes nobody with it.
    @Test
    void mutatedPacketsOfALiveConnectionHarmNobodyElse() throws IOException {
        try (var http = http();
                var proxy = proxy(http);
                var peer = new FilePeer(proxy.port())) {
            for (int i = 0; i < 100; i++) {
                try (var bad = new FilePeer(2, proxy.port())) {
                    var download = bad.get("/file.bin");
                    bad.runUntil(() -> download.received > 0);
                    for (int j = 0; j < 20; j++) {
                        var one = numbered(any(bad.sent()), 1000 + j);
                        bad.throwAt(resealed(changed(one, 16 + random.nextInt(one.size() - 16))));
                    }
                }
            }
            assertServed(peer);
            assertThat(proxy.stderr()).doesNotContain("a fault of ours");
        }
    }

    @Test
    void oneWhoDoesNotShowHisAddressGetsThreeTimesWhatHeSent() throws IOException {
        try (var http = http();
                var proxy = proxy(http);
                var peer = new FilePeer(proxy.port());
                var forger = new DatagramSocket(new InetSocketAddress(address(9), 0))) {
            assertServed(peer);
            var initial = resealed(changed(peer.sent().getFirst(), 12));
            forger.send(datagram(initial, proxy.port()));
            int octets = 0;
            // By the fourth second the proxy has tried five times: after 100, 300, 700, 1500 and 3100 ms.
            forger.setSoTimeout(1700);
            var in = new DatagramPacket(new byte[65_536], 65_536);
            try {
                while (true) {
                    forger.receive(in);
                    octets += in.getLength();
                    in.setLength(65_536);
                }
            } catch (SocketTimeoutException nothingMoreComes) {
                assertThat(octets).isBetween(1, 3 * initial.size());
            }
        }
    }

    @Test
    void tenThousandConnectionsOfOneAttackerShutNobodyOut() throws IOException {
        try (var http = http();
                var proxy = proxy(http, "--sessions=1000", "--congestion=fixed:50mbit/64000");
                var peer = new FilePeer(proxy.port());
                var newcomer = new FilePeer(2, proxy.port())) {
            var download = peer.get("/file.bin");
            peer.runUntil(() -> download.received > 0);
            var initial = peer.sent().getFirst();
            for (int i = 0; i < 100; i++) {
                try (var attacker = new FilePeer(256 + i, proxy.port())) {
                    for (int j = 0; j < 100; j++) {
                        attacker.throwAt(resealed(withId(initial, random.nextLong())));
                    }
                }
            }
            peer.runUntil(download::isOver);
            assertWhole(download);
            assertServed(newcomer);
        }
    }

    /// They have shown their addresses, and have their share; each reads nothing.
    @Test
    void stalledReadersOfOneAttackerShutNobodyOutAndTakeLittleMemory() throws IOException {
        try (var http = new HttpStub((target, out) -> {
                    HttpStub.head(out, target.equals("/file.bin") ? file.length : 1L << 32);
                    do {
                        out.write(file);
                    } while (!target.equals("/file.bin"));
                });
                var proxy = proxy(http, "--sessions=1000");
                var attacker = new FilePeer(2, proxy.port());
                var peer = new FilePeer(proxy.port())) {
            assertServed(peer);
            var stalled = new ArrayList<FilePeer.Download>();
            attacker.with(TransportConfig.DEFAULT.withReceiveWindow(TransportConfig.LEAST_WINDOW));
            for (int i = 0; i < 100; i++) {
                var one = attacker.get("/endless");
                one.stalled = true;
                stalled.add(one);
            }
            attacker.runUntil(() -> stalled.stream()
                    .allMatch(one -> one.connection.nextReadable() >= 0
                            || one.connection.statistics().memory() >= TransportConfig.LEAST_WINDOW));
            assertServed(peer);
            // So many full buffers would be 1600 MB; the proxy may have 256.
            assertThat(proxy.liveBytes()).isLessThan(160 * MEGABYTE);
            assertThat(proxy.stderr()).doesNotContain("OutOfMemoryError");
            assertServed(peer);
        }
    }

    /// Connections leave nothing, whether they end well or in the middle.
    @Test
    void whatIsOverIsForgotten() throws IOException {
        try (var http = http();
                var proxy = proxy(http);
                var peer = new FilePeer(proxy.port())) {
            for (int i = 0; i < 20; i++) {
                assertServed(peer);
            }
            long before = proxy.liveBytes();
            for (int round = 0; round < 5; round++) {
                try (var other = new FilePeer(2, proxy.port())) {
                    var many = new ArrayList<FilePeer.Download>();
                    for (int i = 0; i < 50; i++) {
                        many.add(other.get("/file.bin"));
                    }
                    // Half of them leave in the middle.
                    other.runUntil(() ->
                            many.stream().filter(FilePeer.Download::isOver).count() > 25);
                }
            }
            assertServed(peer);
            assertThat(proxy.liveBytes() - before).isLessThan(16 * MEGABYTE);
        }
    }

    @Test
    void anHttpServerThatDiesInTheMiddleCutsOneFileAndNoOther() throws IOException {
        try (var http = new HttpStub((target, out) -> {
                    HttpStub.head(out, file.length);
                    out.write(file, 0, target.equals("/cut.bin") ? file.length / 2 : file.length);
                });
                var proxy = proxy(http);
                var peer = new FilePeer(proxy.port())) {
            var whole = peer.get("/file.bin");
            var cut = peer.fetch("/cut.bin");
            assertThat(cut.end).containsInstanceOf(Step.Truncated.class);
            assertThat(cut.received).isEqualTo(file.length / 2);
            peer.runUntil(whole::isOver);
            assertWhole(whole);
        }
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Bytes octets(int count) {
        var octets = new byte[count];
        random.nextBytes(octets);
        return Bytes.copyOf(octets);
    }

    /// Looks like one of the transport.
    private static Bytes packet(Bytes octets) {
        var array = octets.toArray();
        array[0] = (byte) 0x89;
        return Bytes.copyOf(array);
    }

    private Bytes changed(Bytes datagram, int at) {
        var array = datagram.toArray();
        array[at] ^= (byte) (1 + random.nextInt(255));
        return Bytes.copyOf(array);
    }

    private static Bytes numbered(Bytes datagram, int number) {
        var array = datagram.toArray();
        ByteBuffer.wrap(array).putInt(4, number);
        return Bytes.copyOf(array);
    }

    private static Bytes withId(Bytes datagram, long id) {
        var array = datagram.toArray();
        ByteBuffer.wrap(array).putLong(8, id);
        return Bytes.copyOf(array);
    }

    /// With a check that is right.
    private static Bytes resealed(Bytes datagram) {
        var array = datagram.toArray();
        int end = array.length - CHECK;
        if (end >= 0) {
            var crc = new CRC32C();
            crc.update(array, 0, end);
            ByteBuffer.wrap(array).putInt(end, (int) crc.getValue());
        }
        return Bytes.copyOf(array);
    }

    private static DatagramPacket datagram(Bytes octets, int port) {
        return new DatagramPacket(octets.toArray(), octets.size(), InetAddress.getLoopbackAddress(), port);
    }

    private static InetAddress address(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }
}

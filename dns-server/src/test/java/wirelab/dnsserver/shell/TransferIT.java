package wirelab.dnsserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Zones between our server and others', signed by a key both ways.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TransferIT {
    private static final String KEYED = ",key=" + Stranger.KEY;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private Path keys = Path.of("");
    private Path zone = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        keys = folder.resolve("keys");
        Files.createFile(keys, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                keys,
                "key \"%s\" {\n  algorithm hmac-sha256;\n  secret \"%s\";\n};\n"
                        .formatted(Stranger.KEY, Stranger.SECRET));
        Files.createDirectories(folder.resolve("theirs"));
        zone = folder.resolve("example.com.zone");
        write(zone, 1);
    }

    /// A version of the zone: `www` has the address 10.0.0.VERSION, and nothing else changes.
    private static void write(Path file, int version) throws IOException {
        var hosts =
                IntStream.range(0, 300).mapToObj("h%d A 10.1.1.1\n"::formatted).collect(Collectors.joining());
        Files.writeString(file, """
                $ORIGIN example.com.
                $TTL 60
                @ SOA ns hostmaster %1$d 3600 1 3600 60
                  NS ns
                ns A 127.0.0.1
                www A 10.0.0.%1$d
                t TXT "a; \\"b\\"" "\\000\\255"
                *.wild MX 10 www
                caa CAA 0 issue "ca.example"
                odd\\.name\\@\\(x A 10.9.9.9
                """.formatted(version) + hosts);
    }

    private ProgramUnderTest ours(int port, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "--listen", "127.0.0.1:" + port,
                "--keys", keys.toString(),
                "--store", folder.resolve("store").toString()));
        arguments.addAll(List.of(more));
        return ProgramUnderTest.start("dns-server", arguments.toArray(String[]::new));
    }

    private ProgramUnderTest ourPrimary(int own, int other) throws IOException {
        return ours(
                own,
                "--zone",
                zone.toString(),
                "--transfer",
                "127.0.0.0/8" + KEYED,
                "--notify",
                "127.0.0.1:" + other + KEYED);
    }

    private ProgramUnderTest ourSecondary(int own, int other) throws IOException {
        return ours(own, "--secondary", "example.com=127.0.0.1:" + other + KEYED);
    }

    private static boolean serves(DnsMessage answer, int version) {
        return answer.answers().stream()
                .anyMatch(record -> record.data() instanceof Rdata.A(var address)
                        && address.getHostAddress().equals("10.0.0." + version));
    }

    /// Asks until the answer is as it should be.
    private static void await(int port, String name, Predicate<DnsMessage> wanted) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var query = DnsCodec.encode(DnsMessage.query(7, DnsName.of(name), RecordType.A))
                .toArray();
        var packet = new DatagramPacket(new byte[4096], 4096);
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), port));
            socket.setSoTimeout(500);
            while (System.nanoTime() < end) {
                try {
                    socket.send(new DatagramPacket(query, query.length));
                    socket.receive(packet);
                    if (wanted.test(
                            DnsCodec.decode(Bytes.copyOf(packet.getData()).slice(0, packet.getLength())))) {
                        return;
                    }
                } catch (SocketTimeoutException | PortUnreachableException e) {
                    // not there yet
                } catch (MalformedException e) {
                    throw new IOException(e);
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
        throw new AssertionError("not what was wanted within " + PATIENCE);
    }

    private static void awaitVersion(int port, int version) throws IOException {
        await(port, "www.example.com", answer -> serves(answer, version));
    }

    @ParameterizedTest
    @EnumSource(Stranger.Kind.class)
    void othersTakeTheZoneAndAfterANotifyItsChanges(Stranger.Kind kind) throws Exception {
        int port = Stranger.freePort();
        int peer = Stranger.freePort();
        try (var primary = ourPrimary(port, peer);
                var _ = Stranger.start(kind, folder.resolve("theirs"), peer, port, false)) {
            awaitVersion(peer, 1);
            write(zone, 2);
            primary.signal("HUP");
            awaitVersion(peer, 2);
            assertThat(primary.stderr()).contains("kind=AXFR", "kind=IXFR", "has been told");
        }
    }

    @ParameterizedTest
    @EnumSource(Stranger.Kind.class)
    void weTakeTheirsAndKeepItWhenTheyAreGone(Stranger.Kind kind) throws Exception {
        int port = Stranger.freePort();
        int peer = Stranger.freePort();
        var file = folder.resolve("theirs").resolve("example.com.zone");
        write(file, 1);
        try (var secondary = ourSecondary(port, peer)) {
            await(port, "www.example.com", answer -> answer.rcode().equals(Rcode.SERVFAIL));
            try (var primary = Stranger.start(kind, folder.resolve("theirs"), peer, port, true)) {
                awaitVersion(port, 1);
                write(file, 2);
                primary.reload();
                awaitVersion(port, 2);
            }
            assertThat(secondary.stderr()).contains("kind=AXFR", "kind=IXFR");
        }
        try (var restarted = ourSecondary(port, peer)) {
            awaitVersion(port, 2);
            await(
                    port,
                    "odd\\.name\\@\\(x.example.com",
                    answer -> answer.answers().size() == 1);
            assertThat(restarted.stderr()).doesNotContain("kind=AXFR");
        }
    }

    @Test
    void oneOfOursFollowsAnother() throws Exception {
        int port = Stranger.freePort();
        int peer = Stranger.freePort();
        try (var primary = ourPrimary(port, peer);
                var secondary = ourSecondary(peer, port)) {
            awaitVersion(peer, 1);
            for (int version = 2; version < 6; version++) {
                write(zone, version);
                primary.signal("HUP");
                awaitVersion(peer, version);
            }
            assertThat(secondary.stderr()).contains("kind=IXFR");
        }
    }

    @Test
    void aCopyThatIsTooOldIsNotServed() throws Exception {
        int port = Stranger.freePort();
        int peer = Stranger.freePort();
        Files.writeString(zone, Files.readString(zone).replace("3600 1 3600 60", "1 1 2 60"));
        try (var _ = ourSecondary(peer, port)) {
            try (var _ = ourPrimary(port, peer)) {
                awaitVersion(peer, 1);
            }
            await(peer, "www.example.com", answer -> answer.rcode().equals(Rcode.SERVFAIL));
        }
    }

    @Test
    void dnsjavaTakesTheZoneWithTheKeyAndNotWithout() throws Exception {
        int port = Stranger.freePort();
        try (var _ = ourPrimary(port, Stranger.freePort())) {
            var key = new TSIG(TSIG.HMAC_SHA256, Stranger.KEY, Stranger.SECRET);
            assertThat(taken(port, key)).isEqualTo(309);
            var wrong = new TSIG(TSIG.HMAC_SHA256, Stranger.KEY, Stranger.SECRET.replace('b', 'c'));
            assertThat(refused(port, wrong)).isTrue();
            assertThat(refused(port, null)).isTrue();
        }
    }

    private static int taken(int port, @Nullable TSIG key) throws IOException, ZoneTransferException {
        var transfer = ZoneTransferIn.newAXFR(Name.fromString("example.com."), "127.0.0.1", port, key);
        transfer.run();
        return transfer.getAXFR().size();
    }

    private static boolean refused(int port, @Nullable TSIG key) throws IOException {
        try {
            taken(port, key);
            return false;
        } catch (ZoneTransferException e) {
            return true;
        }
    }

    @Test
    void aLongTransferHoldsUpNoQuery() throws Exception {
        var big = folder.resolve("big.zone");
        Files.writeString(big, """
                $ORIGIN big.test.
                $TTL 60
                @ SOA ns who 1 3600 1 3600 60
                 NS ns
                ns A 127.0.0.1
                $GENERATE 1-100000 h$ A 10.0.0.1
                """);
        int port = Stranger.freePort();
        try (var _ = ours(port, "--zone", big.toString(), "--zone", zone.toString(), "--transfer", "127.0.0.0/8");
                var connection = new Socket(Inet4Address.ofLiteral("127.0.0.1"), port)) {
            var query = DnsCodec.encode(DnsMessage.query(9, DnsName.of("big.test"), RecordType.AXFR));
            var out = new DataOutputStream(connection.getOutputStream());
            out.write(Bytes.of(0, query.size()).plus(query).toArray());
            var in = new DataInputStream(connection.getInputStream());
            int records = 0;
            int messages = 0;
            while (records < 100_004) {
                var message = new byte[in.readUnsignedShort()];
                in.readFully(message);
                records += DnsCodec.decode(Bytes.copyOf(message)).answers().size();
                if (++messages % 50 == 0) {
                    awaitVersion(port, 1); // while the rest of the transfer waits for us to read on
                }
            }
            assertThat(records).isEqualTo(100_004);
            assertThat(messages).isGreaterThan(100);
        }
    }
}

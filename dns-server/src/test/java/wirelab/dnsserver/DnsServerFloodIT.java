package wirelab.dnsserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Edns;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.Bytes;

/// What anybody may send: random and mutated packets, and garbage over TCP. It answers the next good query, and has
/// kept nothing.
class DnsServerFloodIT {
    private static final int DATAGRAMS = 10_000;
    private static final int CONNECTIONS = 200;
    /// So many are sent between two good queries: no more than the kernel keeps for the server.
    private static final int BURST = 100;
    /// Live objects after a full collection move by some hundred kilobytes; ten thousand packets kept would be
    /// megabytes.
    private static final long HEAP_SLACK = 1 << 20;
    /// Resident memory also holds the garbage that no collection has come for yet.
    private static final long RESIDENT_SLACK = 64 << 20;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(42);

    @Test
    void afterTenThousandStrangePacketsItAnswersAndHasNotGrown() throws IOException {
        try (var server = ProgramUnderTest.start("dns-server", "--listen", "127.0.0.1:0");
                var peer = new DnsPeer(server.port())) {
            flood(peer);
            long resident = server.residentBytes();
            long live = liveOctets(server);
            flood(peer);
            assertThat(server.residentBytes() - resident)
                    .as("growth from %d octets resident", resident)
                    .isLessThan(RESIDENT_SLACK);
            assertThat(liveOctets(server) - live)
                    .as("growth from %d octets of live objects", live)
                    .isLessThan(HEAP_SLACK);
            assertThat(server.stderr()).doesNotContain("a fault of ours");
        }
    }

    /// What is left on the heap after a full collection, from the last line of `jcmd`'s histogram.
    private static long liveOctets(ProgramUnderTest server) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.class_histogram").start();
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .lines()
                .toList();
        assertThat(lines.getLast()).startsWith("Total");
        return Long.parseLong(lines.getLast().split("\\s+", -1)[2]);
    }

    private void flood(DnsPeer peer) throws IOException {
        for (int i = 1; i <= DATAGRAMS; i++) {
            peer.send(strange());
            if (i % BURST == 0) {
                assertThat(peer.ask("example.com", RecordType.A).answers()).hasSize(1);
            }
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            try (var connection = peer.connect()) {
                connection
                        .getOutputStream()
                        .write(octets(1 + random.nextInt(5000)).toArray());
            } catch (IOException e) {
                // The server may hang up while we are still writing.
                assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|aborted).*");
            }
        }
        try (var connection = peer.connect()) {
            connection
                    .getOutputStream()
                    .write(DnsPeer.framed(DnsMessage.query(7, DnsName.of("example.com"), RecordType.A))
                            .toArray());
            assertThat(DnsPeer.read(connection).answers()).hasSize(1);
        }
    }

    private Bytes strange() {
        if (random.nextInt(3) == 0) {
            return octets(random.nextInt(1500));
        }
        var query = DnsMessage.query(
                random.nextInt(65_536), DnsName.of("a.b.example.com"), new RecordType(random.nextInt(260)));
        List<ResourceRecord> additionals = random.nextBoolean()
                ? List.of()
                : List.of(Edns.ofSize(random.nextInt(65_536)).toRecord());
        var octets = DnsCodec.encode(
                        new DnsMessage(query.header(), query.questions(), List.of(), List.of(), additionals))
                .toArray();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return Bytes.copyOf(octets).slice(0, 1 + random.nextInt(octets.length));
    }

    private Bytes octets(int count) {
        var octets = new byte[count];
        random.nextBytes(octets);
        return Bytes.copyOf(octets);
    }
}

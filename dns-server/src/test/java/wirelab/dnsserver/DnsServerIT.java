package wirelab.dnsserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Edns;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.Bytes;

/// The real jar, on real sockets.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DnsServerIT {
    private static final String ANYWHERE = "127.0.0.1:0";

    private final ProgramUnderTest server;

    @TempDir
    Path folder;

    DnsServerIT() throws IOException {
        server = ProgramUnderTest.start("dns-server", "--listen", ANYWHERE);
    }

    @AfterAll
    void end() throws IOException {
        server.close();
    }

    @Test
    void bothTransportsShareOnePort() {
        assertThat(server.addresses())
                .containsExactly("127.0.0.1:" + server.port() + "/udp", "127.0.0.1:" + server.port() + "/tcp");
    }

    /// The zone that is built in, as `dig` sees it.
    @Nested
    class ToDig {
        private final Dig dig = new Dig(server.port());

        @ParameterizedTest
        @ValueSource(strings = {"+notcp", "+tcp"})
        void theLabsNameHasItsAddress(String transport) throws IOException {
            assertThat(dig.ask(transport, "example.com", "A"))
                    .contains("status: NOERROR", "flags: qr aa rd;", "ANSWER: 1, AUTHORITY: 0")
                    .containsPattern("example\\.com\\.\\s+60\\s+IN\\s+A\\s+127\\.0\\.0\\.10");
        }

        @ParameterizedTest
        @ValueSource(strings = {"+notcp", "+tcp"})
        void anUnknownNameIsNxdomainWithTheSoa(String transport) throws IOException {
            assertThat(dig.ask(transport, "nothing.example.com", "A"))
                    .contains("status: NXDOMAIN", "flags: qr aa rd;", "ANSWER: 0, AUTHORITY: 1")
                    .containsPattern("example\\.com\\.\\s+60\\s+IN\\s+SOA\\s+ns\\.example\\.com\\.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"+notcp", "+tcp"})
        void aNameWithoutThatTypeIsNoData(String transport) throws IOException {
            assertThat(dig.ask(transport, "example.com", "AAAA"))
                    .contains("status: NOERROR", "ANSWER: 0, AUTHORITY: 1")
                    .contains("SOA");
        }

        @Test
        void withoutEdnsTheAnswerHas45Octets() throws IOException {
            assertThat(dig.ask("+noedns", "example.com", "A")).contains("ADDITIONAL: 0", "MSG SIZE  rcvd: 45");
        }

        @Test
        void withEdnsTheAnswerSaysOurSize() throws IOException {
            assertThat(dig.ask("+edns=0", "example.com", "A")).contains("EDNS: version: 0, flags:; udp: 1232");
            assertThat(dig.ask("+edns=1", "+noednsneg", "example.com", "A")).contains("status: BADVERS");
        }

        @Test
        void anyBringsEverythingOverTcpAndOneSetOverUdp() throws IOException {
            assertThat(dig.ask("+tcp", "example.com", "ANY")).contains("ANSWER: 3", "SOA", "NS", "127.0.0.10");
            assertThat(dig.ask("+notcp", "example.com", "ANY")).contains("ANSWER: 1", "SOA");
        }

        @Test
        void aTransferIsRefused() throws IOException {
            assertThat(dig.ask("example.com", "AXFR")).contains("Transfer failed");
        }

        @Test
        void whatIsNotOursIsRefused() throws IOException {
            assertThat(dig.ask("example.org", "A")).contains("status: REFUSED");
            assertThat(dig.ask("+opcode=NOTIFY", "example.com", "SOA")).contains("status: NOTAUTH");
            assertThat(dig.ask("+opcode=UPDATE", "example.com", "SOA")).contains("status: NOTIMP");
        }

        @Test
        void theCaseOfTheQuestionIsKept() throws IOException {
            assertThat(dig.ask("eXaMpLe.CoM", "A"))
                    .contains(";eXaMpLe.CoM.")
                    .containsPattern("eXaMpLe\\.CoM\\.\\s+60\\s+IN\\s+A");
        }
    }

    @Nested
    class OverTcp {
        private final DnsMessage[] queries = {
            DnsMessage.query(1, DnsName.of("example.com"), RecordType.A),
            DnsMessage.query(2, DnsName.of("nothing.example.com"), RecordType.A),
            DnsMessage.query(3, DnsName.of("example.com"), RecordType.NS),
        };

        @Test
        void queriesSentTogetherAreAnsweredInTheirOrder() throws IOException {
            try (var peer = new DnsPeer(server.port());
                    var connection = peer.connect()) {
                connection.getOutputStream().write(DnsPeer.framed(queries).toArray());
                for (var query : queries) {
                    assertThat(DnsPeer.read(connection).header().id())
                            .isEqualTo(query.header().id());
                }
            }
        }

        @Test
        void aQueryMayComeOctetByOctet() throws IOException {
            try (var peer = new DnsPeer(server.port());
                    var connection = peer.connect()) {
                connection.setTcpNoDelay(true);
                for (byte octet : DnsPeer.framed(queries[0]).toArray()) {
                    connection.getOutputStream().write(octet);
                }
                assertThat(DnsPeer.read(connection).answers()).hasSize(1);
            }
        }

        @Test
        void aQueryMayBeOfAnySize() throws IOException {
            var padding = new Edns(1232, 0, 0, false, 0, List.of(new Edns.Option(12, Bytes.copyOf(new byte[60_000]))))
                    .toRecord();
            var query = new DnsMessage(
                    DnsHeader.query(9, true), queries[0].questions(), List.of(), List.of(), List.of(padding));
            try (var peer = new DnsPeer(server.port());
                    var connection = peer.connect()) {
                connection
                        .getOutputStream()
                        .write(DnsPeer.framed(query, queries[0]).toArray());
                assertThat(DnsPeer.read(connection).answers()).hasSize(1);
                assertThat(DnsPeer.read(connection).answers()).hasSize(1);
            }
        }

        @Test
        void whoSendsAResponseIsHungUpOn() throws IOException {
            var response = new DnsMessage(
                    DnsHeader.ofFlags(1, 0x8000), queries[0].questions(), List.of(), List.of(), List.of());
            try (var peer = new DnsPeer(server.port());
                    var connection = peer.connect()) {
                connection
                        .getOutputStream()
                        .write(DnsPeer.framed(queries[0], response).toArray());
                assertThat(DnsPeer.read(connection).answers()).hasSize(1);
                assertThat(connection.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Nested
    class Start {
        @Test
        void aPortInUseNamesItsHolder() throws IOException, InterruptedException {
            var result = ProgramUnderTest.run("dns-server", "--listen", "127.0.0.1:" + server.port());
            assertThat(result.exitCode()).isEqualTo(74);
            assertThat(result.stderr())
                    .contains("127.0.0.1:" + server.port() + "/udp is in use by")
                    .contains(Long.toString(server.pid()));
        }

        @Test
        void aPortInUseForTcpAloneIsSaidToo() throws IOException, InterruptedException {
            var loopback = Inet4Address.ofLiteral("127.0.0.1");
            try (var taken = new ServerSocket(0, 1, loopback)) {
                var result = ProgramUnderTest.run("dns-server", "--listen", "127.0.0.1:" + taken.getLocalPort());
                assertThat(result.exitCode()).isEqualTo(74);
                assertThat(result.stderr()).contains("127.0.0.1:" + taken.getLocalPort() + "/tcp is in use by");
                // and UDP is free again
                try (var free = new DatagramSocket(new InetSocketAddress(loopback, taken.getLocalPort()))) {
                    assertThat(free.isBound()).isTrue();
                }
            }
        }

        @Test
        void aFaultInAZoneFileIsShownByLineAndColumn() throws IOException, InterruptedException {
            var file = folder.resolve("bad.zone");
            Files.writeString(file, "example.com. 60 SOA ns host 1 2 3 4 5\n 60 NS ns\nwww 60 A 127.0.0\n");
            var result = ProgramUnderTest.run("dns-server", "--listen", ANYWHERE, "--zone", file.toString());
            assertThat(result.exitCode()).isEqualTo(78);
            assertThat(result.stdout()).isEmpty();
            assertThat(result.stderr())
                    .isEqualToIgnoringNewLines(
                            "dns-server: " + file + ":3:10: expected an IPv4 address like 127.0.0.10, found 127.0.0");
        }

        @Test
        void aZoneFileThatIsNotThereIsNamed() throws IOException, InterruptedException {
            var result = ProgramUnderTest.run("dns-server", "--listen", ANYWHERE, "--zone", "/no/such.zone");
            assertThat(result.exitCode()).isEqualTo(78);
            assertThat(result.stderr()).contains("no zone file /no/such.zone");
        }

        @Test
        void anUnknownOptionIsAUsageError() throws IOException, InterruptedException {
            assertThat(ProgramUnderTest.run("dns-server", "--zones", "x").exitCode())
                    .isEqualTo(2);
        }
    }

    @Nested
    class Check {
        @Test
        void saysWhatAZoneHasOrWhereItIsWrong() throws IOException, InterruptedException {
            var good = folder.resolve("good.zone");
            var bad = folder.resolve("bad.zone");
            Files.writeString(good, "example.org. 60 SOA ns host 7 2 3 4 5\n 60 NS ns\n");
            Files.writeString(bad, "example.org. 60 SOA ns host 7 2 3 4 5\n 60 NS\n");
            var result = ProgramUnderTest.run("dns-server", "check", good.toString());
            assertThat(result.exitCode()).isZero();
            assertThat(result.stdout()).isEqualToIgnoringNewLines(good + ": example.org, serial 7, 1 name");
            var both = ProgramUnderTest.run("dns-server", "check", bad.toString(), good.toString());
            assertThat(both.exitCode()).isEqualTo(1);
            assertThat(both.stderr())
                    .isEqualToIgnoringNewLines(bad + ":2:7: expected the data of NS, found the end of the line");
            assertThat(both.stdout()).contains("serial 7");
        }
    }

    @Nested
    class TheQueryLog {
        @ParameterizedTest
        @ValueSource(strings = {"text", "json"})
        void hasALineWithTheAnswerAndNoMoreThanAllowed(String format) throws IOException, InterruptedException {
            var own = ProgramUnderTest.start(
                    "dns-server", "--listen", ANYWHERE, "--query-log", "1", "--log-format", format);
            try (own;
                    var peer = new DnsPeer(own.port())) {
                for (int i = 0; i < 30; i++) {
                    assertThat(peer.ask("example.com", RecordType.A).answers()).hasSize(1);
                }
            }
            assertThat(own.stderr()).contains("qname", "example.com", "A:127.0.0.10", "no line each for");
            assertThat(own.stderr().lines().filter(line -> line.contains("NOERROR")))
                    .hasSizeBetween(10, 29);
        }
    }

    @Nested
    class Signals {
        @ParameterizedTest
        @ValueSource(strings = {"TERM 0", "INT 130"})
        void endIt(String signalAndCode) throws IOException, InterruptedException {
            var parts = signalAndCode.split(" ", -1);
            try (var own = ProgramUnderTest.start("dns-server", "--listen", ANYWHERE)) {
                own.signal(parts[0]);
                assertThat(own.exitCode()).isEqualTo(Integer.parseInt(parts[1]));
            }
        }

        @Test
        void hupReadsTheZonesAgainUnlessTheyAreWrong() throws IOException, InterruptedException {
            var file = folder.resolve("example.org.zone");
            Files.writeString(file, zone(1));
            var other = folder.resolve("example.net.zone");
            Files.writeString(other, "example.net. 60 SOA ns host 1 2 3 4 5\n 60 NS ns\n");
            try (var own = ProgramUnderTest.start(
                            "dns-server", "--listen", ANYWHERE, "--zone", file.toString(), "--zone", other.toString());
                    var peer = new DnsPeer(own.port())) {
                assertThat(peer.ask("example.net", RecordType.SOA).answers()).hasSize(1);
                assertThat(serial(peer)).isEqualTo(1);
                Files.writeString(file, zone(2) + "nonsense\n");
                own.signal("HUP");
                while (!own.stderr().contains("zones as they were")) {
                    assertThat(serial(peer)).isEqualTo(1);
                }
                assertThat(own.stderr()).contains(file + ":3:9: expected a record type");
                Files.writeString(file, zone(3));
                own.signal("HUP");
                while (serial(peer) != 3) {
                    assertThat(own.isAlive()).isTrue();
                }
            }
        }

        @Test
        void noQueryIsLostWhileZonesAreReadAgain() throws IOException, InterruptedException {
            try (var own = ProgramUnderTest.start("dns-server", "--listen", ANYWHERE);
                    var socket = new DatagramSocket()) {
                socket.connect(Inet4Address.ofLiteral("127.0.0.1"), own.port());
                socket.setSoTimeout(60_000);
                var query = DnsCodec.encode(DnsMessage.query(1, DnsName.of("example.com"), RecordType.A))
                        .toArray();
                for (int i = 0; i < 20; i++) {
                    own.signal("HUP");
                    for (int sent = 0; sent < 50; sent++) {
                        socket.send(new DatagramPacket(query, query.length));
                    }
                    for (int read = 0; read < 50; read++) {
                        socket.receive(new DatagramPacket(new byte[512], 512)); // or its time-out
                    }
                }
                assertThat(own.stderr()).contains("zones read again");
            }
        }

        @Test
        void theReloadCommandFindsTheServerByItsAddress() throws IOException, InterruptedException {
            var file = folder.resolve("example.org.zone");
            Files.writeString(file, zone(1));
            try (var own = ProgramUnderTest.start("dns-server", "--listen", ANYWHERE, "--zone", file.toString());
                    var peer = new DnsPeer(own.port())) {
                Files.writeString(file, zone(2));
                var result = ProgramUnderTest.run("dns-server", "reload", "--listen", "127.0.0.1:" + own.port());
                assertThat(result.exitCode()).isZero();
                assertThat(result.stdout()).contains("process " + own.pid() + " reads its zones again");
                while (serial(peer) != 2) {
                    assertThat(own.isAlive()).isTrue();
                }
            }
            assertThat(ProgramUnderTest.run("dns-server", "reload", "--listen", "127.0.0.1:1")
                            .exitCode())
                    .isEqualTo(69);
        }

        private static String zone(int serial) {
            return "example.org. 60 SOA ns host " + serial + " 2 3 4 5\n 60 NS ns\n";
        }

        private static long serial(DnsPeer peer) throws IOException {
            var data =
                    peer.ask("example.org", RecordType.SOA).answers().getFirst().data();
            return data instanceof Rdata.Soa soa ? soa.serial() : -1;
        }
    }
}

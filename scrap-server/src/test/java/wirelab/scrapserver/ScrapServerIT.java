package wirelab.scrapserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.testing.ProgramUnderTest;

/// The real jar between an HTTP server that does what the test wants, and clients of every kind.
@Timeout(120)
class ScrapServerIT {
    private static final String ANYWHERE = "127.0.0.1:0";
    private static final int PATIENCE_MILLIS = 20_000;

    @Test
    void theListIsWhatThePageLinksToAndTheConnectionEndsIt() throws IOException {
        try (var origin = new Origin(
                        0,
                        Origin.page(
                                "1",
                                "50MB.zip",
                                "a%20b.txt",
                                "a;b.txt",
                                "sub/",
                                "../up.txt",
                                "http://127.0.0.9/foreign.txt"));
                var server = start(origin)) {
            assertThat(ask(server, "SIGNGET")).isEqualTo("50MB.zip;a b.txt;a%3Bb.txt;up.txt;");
        }
    }

    @Test
    void sizesAndDatesComeWithTheSecondRequest() throws IOException {
        var page = """
                HTTP/1.1 200 OK\r
                Content-Type: text/html\r
                Connection: close\r
                \r
                <pre><a href="../">../</a>
                <a href="50MB.zip">50MB.zip</a>       28-Apr-2023 08:59     52428800
                <a href="new.txt">new.txt</a>
                """;
        try (var origin = new Origin(0, Origin.says(page));
                var server = start(origin)) {
            assertThat(ask(server, "SIGNLST")).isEqualTo("#files;50MB.zip/52428800/2023-04-28T08:59:00Z;new.txt//;");
            assertThat(ask(server, "SIGNGET")).isEqualTo("50MB.zip;new.txt;");
        }
    }

    @Test
    void itSaysWhatItFound() throws IOException {
        try (var origin = new Origin(0, Origin.page("1", "50MB.zip", "task2.pdf"));
                var server = start(origin)) {
            ask(server, "SIGNGET");
            assertThat(server.stderr()).contains("files=2", "names=50MB.zip task2.pdf");
        }
    }

    @Nested
    class AnOriginThat {
        @Test
        void startsLaterIsFound() throws IOException, InterruptedException {
            int port = freePort();
            try (var server = start("http://127.0.0.1:" + port + "/")) {
                assertThat(ask(server, "SIGNGET")).startsWith("#unavailable ").contains("127.0.0.1:" + port);
                try (var origin = new Origin(port, Origin.page("1", "late.txt"))) {
                    origin.nextHead();
                    assertThat(ask(server, "SIGNGET")).isEqualTo("late.txt;");
                }
            }
        }

        @Test
        void goesAwayLeavesTheListBehind() throws IOException {
            try (var origin = new Origin(0, Origin.page("1", "kept.txt"));
                    var server = start(origin, "--refresh", "100ms")) {
                assertThat(ask(server, "SIGNGET")).isEqualTo("kept.txt;");
                origin.goAway();
                while (!server.stderr().contains("no list from the page")) {
                    assertThat(ask(server, "SIGNGET")).isEqualTo("kept.txt;");
                }
                assertThat(ask(server, "SIGNGET")).isEqualTo("kept.txt;");
                assertThat(server.stderr()).containsPattern("list sent .*files=1 .*age=\\d+s stale=http://127.0.0.1:");
            }
        }

        @Test
        void hasAnotherPageNowIsReadAgain() throws IOException, InterruptedException {
            try (var origin = new Origin(0, Origin.page("1", "old.txt"));
                    var server = start(origin, "--refresh", "100ms")) {
                assertThat(ask(server, "SIGNGET")).isEqualTo("old.txt;");
                origin.nextHead();
                assertThat(origin.nextHead()).contains("If-None-Match: \"1\"");
                origin.now(Origin.says("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nConnection: close\r\n\r\n"));
                origin.nextHead();
                assertThat(ask(server, "SIGNGET")).isEqualTo("old.txt;");
                origin.now(Origin.page("2", "new.txt"));
                while (!ask(server, "SIGNGET").equals("new.txt;")) {
                    assertThat(server.isAlive()).isTrue();
                }
            }
        }

        @Test
        void isLookedAtAtOnceOnSighup() throws IOException, InterruptedException {
            try (var origin = new Origin(0, Origin.page("1", "old.txt"));
                    var server = start(origin, "--refresh", "1h")) {
                ask(server, "SIGNGET");
                origin.now(Origin.page("2", "new.txt"));
                server.signal("HUP");
                while (!ask(server, "SIGNGET").equals("new.txt;")) {
                    assertThat(server.isAlive()).isTrue();
                }
            }
        }

        @Test
        void neverAnswersHoldsNobodyUpAndIsSaidSo() throws IOException {
            var never = new CountDownLatch(1);
            try (var origin = new Origin(0, _ -> never.await());
                    var server = start(origin)) {
                assertThat(ask(server, "SIGNGET")).startsWith("#unavailable ");
                never.countDown();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "nonsense\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                    "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
                    "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                    "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.9:1/\r\nContent-Length: 0\r\n\r\n",
                    "",
                })
        void saysNonsenseIsNamedAndForgivenLater(String nonsense) throws IOException {
            try (var origin = new Origin(0, Origin.says(nonsense));
                    var server = start(origin)) {
                assertThat(ask(server, "SIGNGET")).startsWith("#").contains("127.0.0.1:" + origin.port());
                origin.now(Origin.page("1", "good.txt"));
                while (!ask(server, "SIGNGET").equals("good.txt;")) {
                    assertThat(server.isAlive()).isTrue();
                }
            }
        }

        @Test
        void neverEndsItsPageIsCutOff() throws IOException {
            try (var origin = new Origin(0, ScrapServerIT::endlessPage);
                    var server = start(origin)) {
                assertThat(ask(server, "SIGNGET")).startsWith("#");
                assertThat(server.residentBytes()).isLessThan(400L << 20);
            }
        }
    }

    @Nested
    class AClientThat {
        @Test
        void asksSomethingElseIsNotAnswered() throws IOException {
            try (var origin = new Origin(0, Origin.page("1", "a.txt"));
                    var server = start(origin)) {
                assertThat(ask(server, "GET / HTTP/1.1\r\n\r\n")).isEmpty();
                assertThat(ask(server, "SIGNGIT")).isEmpty();
                assertThat(ask(server, "")).isEmpty();
                assertThat(ask(server, "SIGNGET")).isEqualTo("a.txt;");
            }
        }

        @Test
        void sendsOneOctetAtATimeIsServed() throws IOException {
            try (var origin = new Origin(0, Origin.page("1", "a.txt"));
                    var server = start(origin);
                    var client = connect(server)) {
                client.setTcpNoDelay(true);
                for (var octet : "SIGNGET".getBytes(StandardCharsets.US_ASCII)) {
                    client.getOutputStream().write(octet);
                }
                assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("a.txt;");
            }
        }

        /// Some never send, some stop half-way, some ask and do not read, some send an octet now and then.
        @Test
        void isSlowHoldsNobodyUpEvenIfThereAre2000() throws IOException {
            var slow = new ArrayList<Socket>();
            var beginnings = List.of("", "SIGN", "SIGNGET", "S");
            try (var origin = new Origin(0, Origin.page("1", "a.txt"));
                    var server = start(origin)) {
                for (int i = 0; i < 2000; i++) {
                    var client = connect(server);
                    slow.add(client);
                    client.getOutputStream()
                            .write(beginnings.get(i % beginnings.size()).getBytes(StandardCharsets.US_ASCII));
                }
                assertThat(ask(server, "SIGNGET")).isEqualTo("a.txt;");
                for (int i = 3; i < slow.size(); i += beginnings.size()) {
                    slow.get(i).getOutputStream().write('I');
                }
                assertThat(ask(server, "SIGNGET")).isEqualTo("a.txt;");
            } finally {
                for (var socket : slow) {
                    socket.close();
                }
            }
        }

        /// Random octets, and requests with an octet changed; from a fixed seed.
        @Test
        void sendsGarbageTenThousandTimesLeavesNoTrace() throws IOException {
            var random = new Random(1);
            try (var origin = new Origin(0, Origin.page("1", "a.txt"));
                    var server = start(origin)) {
                flood(server, random, 2_000);
                long before = server.residentBytes();
                flood(server, random, 8_000);
                assertThat(ask(server, "SIGNGET")).isEqualTo("a.txt;");
                assertThat(server.residentBytes() - before).isLessThan(64L << 20);
                assertThat(server.stderr()).doesNotContain("ERROR");
            }
        }

        private static void flood(ProgramUnderTest server, Random random, int count) throws IOException {
            for (int i = 0; i < count; i++) {
                try (var client = connect(server)) {
                    var octets = new byte[1 + random.nextInt(40)];
                    random.nextBytes(octets);
                    if (i % 2 == 0) {
                        octets = "SIGNGET".getBytes(StandardCharsets.US_ASCII);
                        octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
                    }
                    client.getOutputStream().write(octets);
                }
            }
        }
    }

    @Nested
    class OnTheCommandLine {
        @Test
        void aPortInUseNamesItsHolder() throws IOException, InterruptedException {
            try (var taken = new ServerSocket(0, 1, Inet4Address.ofLiteral("127.0.0.1"))) {
                var result = ProgramUnderTest.run("scrap-server", "--listen", "127.0.0.1:" + taken.getLocalPort());
                assertThat(result.exitCode()).isEqualTo(74);
                assertThat(result.stderr())
                        .contains(
                                "127.0.0.1:" + taken.getLocalPort(),
                                Long.toString(ProcessHandle.current().pid()),
                                "--listen");
            }
        }

        @ParameterizedTest
        @CsvSource({
            "--origin, ftp://127.0.0.1/, 78",
            "--origin, http://, 78",
            "--refresh, soon, 2",
            "--listen, nowhere, 2",
            "--orgin, http://127.0.0.1/, 2",
        })
        void aWrongWordIsNamed(String option, String value, int code) throws IOException, InterruptedException {
            var result = ProgramUnderTest.run("scrap-server", option, value);
            assertThat(result.exitCode()).as(result.stderr()).isEqualTo(code);
            assertThat(result.stderr()).contains(option);
        }

        @ParameterizedTest
        @CsvSource({"TERM, 0", "INT, 130"})
        void aSignalEndsIt(String signal, int code) throws IOException, InterruptedException {
            try (var origin = new Origin(0, Origin.page("1"));
                    var server = start(origin)) {
                server.signal(signal);
                assertThat(server.exitCode()).isEqualTo(code);
            }
        }
    }

    private static ProgramUnderTest start(Origin origin, String... more) throws IOException {
        return start(origin.url(), more);
    }

    private static ProgramUnderTest start(String url, String... more) throws IOException {
        var words = new ArrayList<>(List.of("--listen", ANYWHERE, "--origin", url));
        words.addAll(List.of(more));
        return ProgramUnderTest.start("scrap-server", words.toArray(String[]::new));
    }

    private static Socket connect(ProgramUnderTest server) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), server.port()), PATIENCE_MILLIS);
        return socket;
    }

    /// Says `request` and no more, and hears the server out.
    private static String ask(ProgramUnderTest server, String request) throws IOException {
        try (var socket = connect(server)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void endlessPage(Socket connection) throws IOException {
        var out = connection.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var chunk = "<a href=\"x\">x</a>".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        // Bounded, should nobody stop us: four gigabytes.
        for (long sent = 0; sent < 4L << 30; sent += chunk.length) {
            out.write(chunk);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, Inet4Address.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}

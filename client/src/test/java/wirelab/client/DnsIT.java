package wirelab.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.testing.ProgramUnderTest;
import wirelab.testing.ProgramUnderTest.Result;

/// The client's jar and the server's, beside BIND's `dig`.
@Timeout(120)
class DnsIT {
    private static final String PARENT = """
            $ORIGIN example.com.
            $TTL 1h
            @     IN SOA ns hostmaster ( 7 3600 900 604800 60 )
                  IN NS  ns
                  IN MX  10 mail.example.com.
            ns    IN A   127.0.0.1
            mail  IN AAAA 2001:db8:0:0:1::1
            www   IN CNAME mail
            a-name-that-is-longer-than-a-column IN A 127.0.0.3
            text  IN TXT "a \\"quoted\\" string" "and one more\\007"
            _http._tcp IN SRV 1 2 80 www
            odd\\.label 3 IN A 127.0.0.4
            caa   IN CAA 0 issue "ca.example.net"
            tlsa  IN TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            ssh   IN SSHFP 4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789
            new   IN TYPE65280 \\# 3 0a0b0c
            large IN TXT %s
            lab   IN NS  ns.lab
            ns.lab IN A  127.0.0.20
            far   IN NS  ns
            """.formatted((" \"" + "x".repeat(255) + "\"").repeat(6));
    private static final String CHILD = """
            $ORIGIN lab.example.com.
            $TTL 1m
            @     IN SOA ns hostmaster ( 1 3600 900 604800 60 )
                  IN NS  ns
            ns    IN A   127.0.0.20
            www   IN A   127.0.0.21
            """;

    @TempDir
    static Path folder;

    private static ProgramUnderTest parent;
    private static ProgramUnderTest child;

    @BeforeAll
    static void start() throws IOException {
        parent = serve("127.0.0.1:0", "example.com.zone", PARENT);
        child = serve("127.0.0.20:" + parent.port(), "lab.example.com.zone", CHILD);
    }

    @AfterAll
    static void end() throws IOException {
        parent.close();
        child.close();
    }

    private static ProgramUnderTest serve(String address, String name, String zone) throws IOException {
        var file = Files.writeString(folder.resolve(name), zone);
        return ProgramUnderTest.start("dns-server", "--listen", address, "--zone", file.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "example.com MX",
                "example.com SOA",
                "example.com NS",
                "mail.example.com AAAA",
                "www.example.com AAAA",
                "a-name-that-is-longer-than-a-column.example.com",
                "text.example.com TXT",
                "_http._tcp.example.com SRV",
                "odd\\.label.example.com",
                "caa.example.com CAA",
                "tlsa.example.com TLSA",
                "ssh.example.com SSHFP",
                "new.example.com TYPE65280",
                "nosuch.example.com",
                "host.lab.example.com",
                "example.org",
                "version.bind TXT -c CH",
                "-x 127.0.0.10",
                "example.com +norecurse",
                "example.com +bufsize=1400",
                "example.com +dnssec",
                "large.example.com TXT",
                "large.example.com TXT +tcp"
            })
    void printsAMessageAsDigDoes(String asked) throws Exception {
        // Ours says nothing by EDNS unless it is told to; dig does, unless it is told not to.
        boolean edns = asked.contains("+bufsize") || asked.contains("+dnssec");
        assertThat(message(client(asked).stdout())).isEqualTo(message(dig(asked + (edns ? " +nocookie" : " +noedns"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com MX", "www.example.com", "large.example.com TXT", "nosuch.example.com"})
    void printsInShortWhatDigDoes(String asked) throws Exception {
        assertThat(client(asked + " +short").stdout()).isEqualTo(dig(asked + " +short"));
    }

    @Test
    void saysHowLongEachLegTookWhenTheAnswerDidNotFit() throws Exception {
        assertThat(client("large.example.com TXT").stdout())
                .containsPattern(";; Query time: [0-9.]+ msec \\(UDP [0-9.]+, TCP connect [0-9.]+, TCP [0-9.]+\\)")
                .contains("(TCP)");
    }

    @Test
    void followsADelegationByItsGlue() throws Exception {
        var result = client("www.lab.example.com --trace");
        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout().lines().toList())
                .containsSubsequence(
                        "lab.example.com.\t3600\tIN\tNS\tns.lab.example.com.",
                        "www.lab.example.com.\t60\tIN\tA\t127.0.0.21")
                .anyMatch(line -> line.matches(";; Received \\d+ bytes from 127\\.0\\.0\\.1#\\d+.* in .* ms"))
                .anyMatch(line -> line.matches(";; Received \\d+ bytes from 127\\.0\\.0\\.20#\\d+.* in .* ms"));
        assertThat(client("www.lab.example.com --trace --short").stdout()).isEqualTo("127.0.0.21\n");
    }

    @Test
    void aDelegationToWhoKnowsNothingEnds() throws Exception {
        var result = client("www.far.example.com --trace");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stderr()).contains("www.far.example.com has no A record");
    }

    @Test
    void tellsAScriptByJsonAndByItsStatus() throws Exception {
        var found = client("example.com MX --json");
        assertThat(found.exitCode()).isZero();
        assertThat(found.stdout())
                .contains("\"rcode\": \"NOERROR\"", "\"data\": \"10 mail.example.com.\"", "\"leg\": \"UDP\"");
        assertThat(client("nosuch.example.com").exitCode()).isEqualTo(1);
        assertThat(client("example.org").exitCode()).isEqualTo(69);
        assertThat(client("").exitCode()).isEqualTo(2);
        assertThat(client("example.com --bufsize 70000").stderr()).contains("--bufsize 70000", "0 to 65535");
    }

    private static Result client(String arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("dns", "--dns-server=127.0.0.1:" + parent.port()));
        words.addAll(words(arguments));
        return ProgramUnderTest.run("client", words.toArray(String[]::new));
    }

    private static String dig(String arguments) throws IOException {
        var words = new ArrayList<>(List.of("dig", "@127.0.0.1", "-p", Integer.toString(parent.port())));
        words.addAll(words(arguments));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<String> words(String arguments) {
        return arguments.isEmpty() ? List.of() : List.of(arguments.split(" "));
    }

    /// What was in the message, but for its id; what dig says of itself is left out, and of the time.
    private static String message(String printed) {
        return printed.lines()
                .filter(line -> !line.isEmpty())
                .filter(line ->
                        !line.matches("; <<>>.*|; \\(.*|;; (global options|Got answer|Query time|WHEN|Truncated).*"))
                .map(line -> line.replaceAll(", id: \\d+", "").replace(";; WARNING: ", ";; "))
                // dig breaks long hexadecimal up.
                .map(line -> line.replaceAll("([0-9A-F]{56}) ", "$1"))
                .collect(Collectors.joining("\n"));
    }
}

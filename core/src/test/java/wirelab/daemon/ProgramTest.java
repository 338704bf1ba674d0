package wirelab.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ProgramTest {
    @Command(name = "sample")
    private static final class Sample implements Callable<Integer> {
        @Option(names = "--listen", defaultValue = "127.0.0.1:53")
        InetSocketAddress listen = new InetSocketAddress(0);

        @Option(names = "--address")
        Optional<Inet4Address> address = Optional.empty();

        @Option(names = "--lease-time", defaultValue = "1h")
        Duration leaseTime = Duration.ZERO;

        Optional<Exception> failure = Optional.empty();

        @Override
        public Integer call() throws Exception {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return 0;
        }
    }

    private final Sample sample = new Sample();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        return new Program(sample, environment)
                .errorsTo(new PrintWriter(err, true))
                .run(arguments);
    }

    @Nested
    class Options {
        @Test
        void theCommandLineWinsOverTheEnvironmentAndThatOverTheDefault() {
            assertThat(run()).isZero();
            assertThat(sample.leaseTime).isEqualTo(Duration.ofHours(1));
            run(Map.of("WIRELAB_LEASE_TIME", "90s"));
            assertThat(sample.leaseTime).isEqualTo(Duration.ofSeconds(90));
            run(Map.of("WIRELAB_LEASE_TIME", "90s"), "--lease-time", "2d");
            assertThat(sample.leaseTime).isEqualTo(Duration.ofDays(2));
        }

        @Test
        void aFileOfOptionsIsReadByAt(@TempDir Path folder) throws IOException {
            var file = Files.writeString(folder.resolve("options"), "--listen 127.0.0.9:5353\n--lease-time=5m\n");
            assertThat(run("@" + file)).isZero();
            assertThat(sample.listen.getPort()).isEqualTo(5353);
            assertThat(sample.leaseTime).isEqualTo(Duration.ofMinutes(5));
        }

        @ParameterizedTest
        @CsvSource({"500ms,PT0.5S", "30s,PT30S", "30,PT30S", "5m,PT5M", "1h,PT1H", "1d,PT24H"})
        void durationsHaveUnits(String text, Duration expected) {
            assertThat(run("--lease-time", text)).isZero();
            assertThat(sample.leaseTime).isEqualTo(expected);
        }

        @Test
        void anAddressIsReadAsItStands() {
            assertThat(run("--address", "10.20.30.40")).isZero();
            assertThat(sample.address).contains(Inet4Address.ofLiteral("10.20.30.40"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"10.1", "0x0a000001", "300.1.1.1", "example.com", "", "::1"})
        void onlyDottedQuadsAreAddresses(String text) {
            assertThat(run("--address", text)).isEqualTo(ExitCode.USAGE.number());
            assertThat(err.toString()).contains("--address", "'" + text + "'", "10.20.30.40");
        }

        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "localhost:53", ":53"})
        void aSocketAddressHasAddressAndPort(String text) {
            assertThat(run("--listen", text)).isEqualTo(ExitCode.USAGE.number());
            assertThat(err.toString()).contains("--listen", "is not an", " like ");
        }

        @Test
        void anUnknownOptionIsNamedWithWhatWasMeant() {
            assertThat(run("--lissen", "127.0.0.1:53")).isEqualTo(ExitCode.USAGE.number());
            assertThat(err.toString()).contains("--lissen", "--listen", "sample --help");
        }
    }

    @Nested
    class Ends {
        @Test
        void aFailureThatTheUserCanMendIsOneLineAndItsExitCode() {
            sample.failure = Optional.of(new ExitException(ExitCode.CONFIG, "--root /none: no such directory"));
            assertThat(run()).isEqualTo(78);
            assertThat(err).hasToString("sample: --root /none: no such directory" + System.lineSeparator());
        }

        @Test
        void anInputOutputErrorIsOneLineAnd74() {
            sample.failure = Optional.of(new IOException("read /dev/x: gone"));
            assertThat(run()).isEqualTo(74);
            assertThat(err).hasToString("sample: read /dev/x: gone" + System.lineSeparator());
        }

        @Test
        void aFaultOfOursShowsWhere() {
            sample.failure = Optional.of(new IllegalStateException("impossible"));
            assertThat(run()).isEqualTo(74);
            assertThat(err.toString()).contains("IllegalStateException: impossible", "at wirelab.daemon.ProgramTest");
        }
    }
}

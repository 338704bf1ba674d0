package wirelab.dhcpserver.leases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.daemon.ExitException;
import wirelab.daemon.Program;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.dhcpserver.store.SqliteLeaseStore;
import wirelab.wire.Bytes;

class LeasesCommandTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FAR = Instant.parse("2099-01-01T00:00:00Z");

    private static final List<Lease> LEASES = List.of(
            lease(1, "10.20.30.51", "alpha", Lease.State.BOUND, FAR),
            lease(2, "10.20.30.52", "", Lease.State.BOUND, LONG_AGO),
            lease(3, "10.20.40.7", "gamma", Lease.State.RELEASED, LONG_AGO),
            lease(4, "10.20.30.9", "", Lease.State.DECLINED, FAR));

    @TempDir
    Path folder;

    private Path file = Path.of("leases.db");

    private static Lease lease(int number, String address, String name, Lease.State state, Instant expiry) {
        var card = new LabClient(number).chaddr();
        var client =
                number == 1 ? new ClientKey.Identifier(Bytes.of(1, '"', '\\', 0, 'x')) : new ClientKey.Hardware(card);
        return new Lease(LabClient.address(address), client, card, name, "", state, expiry);
    }

    @BeforeEach
    void writeTheLeases() throws ExitException, IOException {
        file = folder.resolve("leases.db");
        try (var store = SqliteLeaseStore.open(file)) {
            store.commit(LEASES.stream()
                    .map(lease -> new Change(lease, Optional.empty()))
                    .toList());
        }
    }

    private record Result(int exitCode, String out, String err) {}

    private Result run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = new Program(new LeasesCommand())
                .outputTo(new PrintWriter(out, true))
                .errorsTo(new PrintWriter(err, true))
                .run(arguments);
        return new Result(code, out.toString(), err.toString());
    }

    private String leases(String... more) {
        var arguments = new ArrayList<>(List.of("--leases", file.toString()));
        arguments.addAll(List.of(more));
        var result = run(arguments.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return result.out();
    }

    @Test
    void theyArePrintedInTheOrderOfTheirAddresses() {
        assertThat(leases().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "ADDRESS STATE UNTIL HARDWARE CLIENT NAME RELAY",
                        "10.20.30.9 declined 2099-01-01T00:00:00Z 02:00:5e:10:00:04 hw:02:00:5e:10:00:04 - -",
                        "10.20.30.51 bound 2099-01-01T00:00:00Z 02:00:5e:10:00:01 id:01225c0078 alpha -",
                        "10.20.30.52 expired 2020-01-01T00:00:00Z 02:00:5e:10:00:02 hw:02:00:5e:10:00:02 - -",
                        "10.20.40.7 released 2020-01-01T00:00:00Z 02:00:5e:10:00:03 hw:02:00:5e:10:00:03 gamma -");
    }

    @ParameterizedTest
    @CsvSource({
        "--state bound, 10.20.30.51",
        "--state expired, 10.20.30.52",
        "--in 10.20.40.0/24, 10.20.40.7",
        "--like GAMMA, 10.20.40.7",
        "--like 00:04, 10.20.30.9"
    })
    void theyCanBeChosen(String option, String address) {
        assertThat(leases(option.split(" ", -1)).lines().skip(1))
                .singleElement()
                .asString()
                .startsWith(address + " ");
    }

    @Test
    void jsonHasAnObjectForEach() {
        assertThat(leases("--json", "--state", "bound")).isEqualTo("""
                        [{"address":"10.20.30.51","state":"bound","until":"2099-01-01T00:00:00Z",\
                        "hardware":"02:00:5e:10:00:01","client":"id:01225c0078","name":"alpha","relay":""}]
                        """);
    }

    @Test
    void whileAServerHasTheFileTheyAreReadToo() throws ExitException {
        try (var store = SqliteLeaseStore.open(file)) {
            assertThat(store.load()).hasSize(4);
            assertThat(leases().lines()).hasSize(5);
        }
    }

    @Test
    void aFileThatIsNotThereIsNotMade() {
        var missing = folder.resolve("missing.db");
        var result = run("--leases", missing.toString());
        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.err()).contains("is no file");
        assertThat(missing).doesNotExist();
    }

    @Test
    void whatIsNoNetworkIsSaid() {
        assertThat(run("--leases", file.toString(), "--in", "10.20.30.0").exitCode())
                .isEqualTo(2);
    }

    @Nested
    class Import {
        private List<Lease> imported(Path source) throws ExitException {
            var target = folder.resolve("new.db");
            var result = run("import", source.toString(), "--leases", target.toString());
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).isZero();
            return SqliteLeaseStore.read(target);
        }

        @Test
        void whatWasExportedForDhcpdIsTheSame() throws IOException, ExitException {
            var source = Files.writeString(folder.resolve("dhcpd.leases"), leases("--format", "isc"));
            assertThat(imported(source)).containsExactlyInAnyOrderElementsOf(LEASES);
        }

        /// Kea has no owner of a declined address, and no released ones, but such as ended at once.
        @Test
        void whatWasExportedForKeaIsTheSameButForStatesThatKeaDoesNotKnow() throws IOException, ExitException {
            var source = Files.writeString(folder.resolve("kea.csv"), leases("--format", "kea"));
            assertThat(imported(source)).hasSize(3).contains(LEASES.get(0), LEASES.get(2));
        }

        /// As dhcpd writes it: a journal, with the identifier as text.
        @Test
        void ofDhcpdsBlocksAboutAnAddressTheLastOneCounts() throws IOException, ExitException {
            var source = Files.writeString(folder.resolve("dhcpd.leases"), """
                    authoring-byte-order little-endian;
                    lease 10.20.30.51 {
                      starts 4 2098/12/31 23:00:00;
                      ends 4 2098/12/31 23:30:00;
                      binding state active;
                      hardware ethernet 02:00:5e:10:00:09;
                    }
                    lease 10.20.30.51 {
                      ends 4 2099/01/01 00:00:00;
                      cltt 4 2098/12/31 23:00:00;
                      binding state active;
                      next binding state free;
                      hardware ethernet 02:00:5e:10:00:01;
                      uid "\\001\\"\\\\\\000x";
                      client-hostname "alpha";
                    }
                    """);
            assertThat(imported(source)).containsExactly(LEASES.getFirst());
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                address,hwaddr,client_id,valid_lifetime | 10.20.30.51,02 | line 2: it has 2 columns
                lease 10.20.30.51 {                     | ends soon;     | line 2:
                """)
        void whatIsNotUnderstoodIsNamedAndNothingIsTaken(String first, String second, String message)
                throws IOException {
            var source = Files.writeString(folder.resolve("source"), first + "\n" + second + "\n");
            var target = folder.resolve("new.db");
            var result = run("import", source.toString(), "--leases", target.toString());
            assertThat(result.exitCode()).isEqualTo(78);
            assertThat(result.err()).contains(message);
            assertThat(target).doesNotExist();
        }
    }

    @Nested
    class Compact {
        @Test
        void whatIsLongOverIsForgotten() throws ExitException {
            var result = run("compact", "--leases", file.toString());
            assertThat(result.err()).isEmpty();
            assertThat(result.out()).isEqualTo("2 leases were forgotten\n");
            assertThat(SqliteLeaseStore.read(file)).containsExactlyInAnyOrder(LEASES.get(0), LEASES.get(3));
        }

        @Test
        void aServersFileIsLeftAlone() throws ExitException {
            try (var store = SqliteLeaseStore.open(file)) {
                assertThat(run("compact", "--leases", file.toString()).exitCode())
                        .isEqualTo(74);
                assertThat(store.load()).hasSize(4);
            }
        }
    }

    @Nested
    class Recover {
        private void overwrite(int from) throws IOException {
            var octets = Files.readAllBytes(file);
            for (int i = from; i < octets.length; i++) {
                octets[i] = (byte) 0xa5;
            }
            Files.write(file, octets);
        }

        private Result recover() {
            return run("recover", "--leases", file.toString());
        }

        @Test
        void aDamagedFileIsSetAsideWholeAndANewOneIsBegun() throws IOException, ExitException {
            overwrite(4096);
            var damaged = Files.readAllBytes(file);
            var aside = Path.of(file + ".damaged-1");
            assertThat(recover().out())
                    .isEqualTo("the damaged file is " + aside + "; 0 leases of it are in " + file + "\n");
            assertThat(Files.readAllBytes(aside)).isEqualTo(damaged);
            assertThat(SqliteLeaseStore.read(file)).isEmpty();
        }

        @Test
        void anEarlierOneIsNotOverwritten() throws IOException {
            var earlier = Files.writeString(Path.of(file + ".damaged-1"), "precious");
            overwrite(4096);
            assertThat(recover().out()).contains(".damaged-2;");
            assertThat(earlier).hasContent("precious");
        }

        @Test
        void whatCanBeReadIsSaved() throws IOException, ExitException {
            var many = new ArrayList<Change>();
            for (int i = 0; i < 2000; i++) {
                var address = "10.21." + i / 200 + "." + (1 + i % 200);
                many.add(new Change(lease(100 + i, address, "", Lease.State.BOUND, FAR), Optional.empty()));
            }
            try (var store = SqliteLeaseStore.open(file)) {
                store.commit(many);
            }
            var octets = Files.readAllBytes(file);
            assertThat(octets.length).isGreaterThan(20 * 4096);
            // One page in the middle.
            for (int i = 10 * 4096; i < 11 * 4096; i++) {
                octets[i] = (byte) 0xa5;
            }
            Files.write(file, octets);
            assertThat(recover().exitCode()).isZero();
            assertThat(SqliteLeaseStore.read(file)).hasSizeBetween(1000, 2003);
        }

        @Test
        void aFileInGoodOrderStays() throws ExitException {
            assertThat(recover().out()).contains("is in good order");
            assertThat(SqliteLeaseStore.read(file)).hasSize(4);
        }

        @Test
        void aFileOfSomebodyElseIsLeftAsItIs() throws IOException {
            Files.writeString(file, "address,client\n");
            var result = recover();
            assertThat(result.exitCode()).isEqualTo(78);
            assertThat(result.err()).contains("is not a lease file");
            assertThat(file).hasContent("address,client\n");
        }
    }
}

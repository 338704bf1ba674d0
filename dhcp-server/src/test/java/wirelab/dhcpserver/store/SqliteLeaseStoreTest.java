package wirelab.dhcpserver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.testing.Property;
import wirelab.wire.Bytes;

class SqliteLeaseStoreTest {
    private static final HardwareAddress CARD = HardwareAddress.ethernet("02:00:5e:10:00:01");
    private static final Instant EXPIRY = Instant.parse("2026-01-01T01:00:00Z");

    @TempDir
    Path folder;

    private Path file = Path.of("leases.db");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("leases.db");
    }

    private static Lease lease(int address, int client, Lease.State state) {
        return new Lease(
                Inet4Address.ofLiteral("10.20.30." + address),
                new ClientKey.Identifier(Bytes.of(1, client)),
                CARD,
                "host-" + client,
                "10.20.40.1/0a/",
                state,
                EXPIRY);
    }

    private static Lease bound(int address, int client) {
        return lease(address, client, Lease.State.BOUND);
    }

    private static List<Change> kept(Lease... leases) {
        return Stream.of(leases)
                .map(lease -> new Change(lease, Optional.empty()))
                .toList();
    }

    private List<Lease> loadAgain() throws ExitException {
        try (var store = SqliteLeaseStore.open(file)) {
            return store.load();
        }
    }

    @Test
    void aNewFileHasNoLeases() throws ExitException {
        assertThat(loadAgain()).isEmpty();
        assertThat(file).exists();
    }

    @Test
    void everythingOfALeaseIsKept() throws IOException, ExitException {
        var byCard = new Lease(
                Inet4Address.ofLiteral("10.20.30.52"),
                new ClientKey.Hardware(new HardwareAddress(32, Bytes.of(1, 2, 3))),
                new HardwareAddress(32, Bytes.of(1, 2, 3)),
                "",
                "",
                Lease.State.RELEASED,
                EXPIRY);
        try (var store = SqliteLeaseStore.open(file)) {
            store.commit(kept(bound(51, 1), byCard));
        }
        assertThat(loadAgain()).containsExactlyInAnyOrder(bound(51, 1), byCard);
    }

    @Test
    void whatIsCommittedCanBeReadWhileTheStoreIsOpen() throws IOException, ExitException, SQLException {
        try (var store = SqliteLeaseStore.open(file)) {
            store.commit(kept(bound(51, 1)));
            try (var reader = DriverManager.getConnection("jdbc:sqlite:" + file);
                    var statement = reader.createStatement();
                    var rows = statement.executeQuery("SELECT address, state FROM lease")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("10.20.30.51");
                assertThat(rows.getString(2)).isEqualTo("BOUND");
            }
        }
    }

    /// As after a crash: the files as they are on the disk at that moment, and nobody has closed them.
    @Test
    void whatIsCommittedIsInTheFilesBeforeTheyAreClosed() throws IOException, ExitException {
        var copy = Files.createDirectory(folder.resolve("copy"));
        try (var store = SqliteLeaseStore.open(file)) {
            store.commit(kept(bound(51, 1)));
            store.commit(kept(bound(52, 2)));
            for (var suffix : List.of("", "-wal")) {
                Files.copy(folder.resolve("leases.db" + suffix), copy.resolve("leases.db" + suffix));
            }
        }
        file = copy.resolve("leases.db");
        assertThat(loadAgain()).containsExactlyInAnyOrder(bound(51, 1), bound(52, 2));
    }

    /// A write-ahead log that is cut anywhere: leases are lost from the end, in whole commits, and never mixed up.
    @Property(tries = 20)
    void aTornLogKeepsTheCommitsBeforeTheTear(RandomGenerator random) throws IOException, ExitException {
        var commits = new ArrayList<List<Lease>>();
        var copy = Files.createDirectory(folder.resolve("copy"));
        try (var store = SqliteLeaseStore.open(file)) {
            for (int i = 0; i < 10; i++) {
                commits.add(List.of(bound(50 + 2 * i, i), bound(51 + 2 * i, 100 + i)));
                store.commit(kept(commits.getLast().toArray(Lease[]::new)));
            }
            Files.copy(file, copy.resolve("leases.db"));
            var log = Bytes.copyOf(Files.readAllBytes(folder.resolve("leases.db-wal")));
            Files.write(
                    copy.resolve("leases.db-wal"),
                    log.slice(0, random.nextInt(log.size() / 2, log.size())).toArray());
        }
        file = copy.resolve("leases.db");
        var left = loadAgain();
        assertThat(left.size()).isEven();
        assertThat(left)
                .containsExactlyInAnyOrderElementsOf(commits.subList(0, left.size() / 2).stream()
                        .flatMap(List::stream)
                        .toList());
    }

    @Test
    void anAddressIsInOneLease() throws IOException, ExitException {
        try (var store = SqliteLeaseStore.open(file)) {
            store.commit(kept(bound(51, 1)));
            store.commit(kept(bound(51, 2)));
        }
        assertThat(loadAgain()).containsExactly(bound(51, 2));
    }

    @Test
    void whatTheClientHadBeforeIsGone() throws IOException, ExitException {
        try (var store = SqliteLeaseStore.open(file)) {
            store.commit(kept(bound(51, 1), bound(53, 1)));
            store.commit(
                    List.of(new Change(bound(52, 1), Optional.of(bound(51, 1).address()))));
        }
        assertThat(loadAgain()).containsExactly(bound(52, 1), bound(53, 1));
    }

    @Test
    void aFileOfTheFirstFormKeepsItsLeases() throws ExitException, SQLException, IOException {
        assertThat(loadAgain()).isEmpty();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = other.createStatement()) {
            statement.execute("ALTER TABLE lease DROP COLUMN circuit");
            statement.execute("CREATE UNIQUE INDEX one_address_a_client ON lease (client) WHERE state <> 'DECLINED'");
            statement.execute("INSERT INTO lease VALUES"
                    + " ('10.20.30.51', 'id:0101', '02:00:5e:10:00:01', 'host-1', 'BOUND', 1767229200)");
            statement.execute("PRAGMA user_version = 1");
        }
        assertThat(loadAgain()).singleElement().satisfies(lease -> {
            assertThat(lease.client()).isEqualTo(bound(51, 1).client());
            assertThat(lease.expiry()).isEqualTo(EXPIRY);
            assertThat(lease.circuit()).isEmpty();
        });
        try (var store = SqliteLeaseStore.open(file)) {
            store.commit(kept(bound(52, 1)));
        }
        assertThat(loadAgain()).hasSize(2);
    }

    @Test
    void aClientMayHaveDeclinedManyAddresses() throws IOException, ExitException {
        var all = List.of(lease(51, 1, Lease.State.DECLINED), lease(52, 1, Lease.State.DECLINED), bound(53, 1));
        try (var store = SqliteLeaseStore.open(file)) {
            store.commit(kept(all.toArray(Lease[]::new)));
        }
        assertThat(loadAgain()).containsExactlyInAnyOrderElementsOf(all);
    }

    /// The log is written back after some thousand pages, and begun again.
    @Test
    void renewalsDoNotMakeTheFilesGrow() throws IOException, ExitException {
        try (var store = SqliteLeaseStore.open(file)) {
            renew(store, 1200);
            long early = size();
            renew(store, 2400);
            assertThat(size()).isLessThanOrEqualTo(early + (64 << 10));
        }
        assertThat(loadAgain()).hasSize(10);
    }

    private static void renew(SqliteLeaseStore store, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            store.commit(kept(bound(51 + i % 10, i % 10)));
        }
    }

    private long size() throws IOException {
        return Files.size(file) + Files.size(folder.resolve("leases.db-wal"));
    }

    @Test
    void aSecondStoreOfTheSameFileIsRefused() throws ExitException {
        try (var store = SqliteLeaseStore.open(file)) {
            assertThat(store.load()).isEmpty();
            assertThatExceptionOfType(ExitException.class)
                    .isThrownBy(() -> SqliteLeaseStore.open(file))
                    .withMessageContaining("in use by another process")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ExitCode.IO));
        }
    }

    @Test
    void aRowThatIsNoLeaseIsDamage() throws ExitException, SQLException {
        assertThat(loadAgain()).isEmpty();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = other.createStatement()) {
            statement.execute("INSERT INTO lease VALUES ('10.20.30.51', 'nobody', '02:00', '', 'BOUND', 1, '')");
        }
        assertThatExceptionOfType(ExitException.class)
                .isThrownBy(this::loadAgain)
                .withMessageContaining("is damaged ('nobody' is no client")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ExitCode.CONFIG));
    }

    @Test
    void aFileOfALaterFormIsLeftAsItIs() throws ExitException, SQLException {
        assertThat(loadAgain()).isEmpty();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = other.createStatement()) {
            statement.execute("PRAGMA user_version = 3");
        }
        assertThatExceptionOfType(ExitException.class)
                .isThrownBy(this::loadAgain)
                .withMessageContaining("a lease file of form 3, and this program knows up to 2");
    }

    @Test
    void theLibrarysFolderIsGone() throws ExitException, IOException {
        assertThat(loadAgain()).isEmpty();
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }
}

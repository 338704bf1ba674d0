package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import wirelab.dhcpserver.engine.Change;
import wirelab.dhcpserver.engine.Lease;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.dhcpserver.store.LeaseStore;

/// Group commit.
class JournalTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /// Keeps transactions, or none, as a test wants it.
    private static final class Disk implements LeaseStore {
        private final List<List<Change>> transactions = new ArrayList<>();
        private Runnable meanwhile = () -> {};
        private boolean full;
        private boolean away;
        private boolean shared;
        private int turns;

        @Override
        public boolean isShared() {
            return shared;
        }

        @Override
        public List<Lease> begin() throws IOException {
            if (away) {
                throw new IOException("no way there");
            }
            turns++;
            return List.of();
        }

        @Override
        public int load(Consumer<Lease> taker) {
            return 0;
        }

        @Override
        public void commit(List<Change> changes) throws IOException {
            if (full) {
                throw new IOException("no space is left");
            }
            meanwhile.run();
            transactions.add(List.copyOf(changes));
        }

        @Override
        public void close() {}
    }

    private final Disk disk = new Disk();
    private final Journal journal = new Journal(disk, Runnable::run);

    private static List<Change> change(int number) {
        var client = new LabClient(number);
        var lease = new Lease(
                LabClient.address("10.20.30." + number),
                new ClientKey.Hardware(client.chaddr()),
                client.chaddr(),
                "",
                "",
                Lease.State.BOUND,
                Instant.EPOCH);
        return List.of(new Change(lease, Optional.empty()));
    }

    private boolean isKept(Journal.Group group) {
        journal.write(NOW);
        return group.isKept();
    }

    @Test
    void whatWasDecidedSinceTheLastTransactionGoesIntoOne() {
        var first = journal.add(change(1));
        var second = journal.add(change(2));
        assertThat(isKept(first)).isTrue();
        var third = journal.add(change(3));
        assertThat(second.isKept()).isTrue();
        assertThat(disk.transactions).hasSize(1);
        assertThat(disk.transactions.getFirst()).hasSize(2);
        assertThat(isKept(third)).isTrue();
        assertThat(disk.transactions).hasSize(2);
    }

    @Test
    void whereNothingChangesNothingIsWritten() {
        assertThat(isKept(journal.add(List.of()))).isFalse();
        assertThat(disk.transactions).isEmpty();
    }

    @Test
    void whatTheDiskRefusesStaysRefusedAndTheNextIsTried() {
        disk.full = true;
        var first = journal.add(change(1));
        var second = journal.add(change(2));
        assertThat(isKept(first)).isFalse();
        disk.full = false;
        assertThat(isKept(second)).isFalse();
        assertThat(isKept(journal.add(change(3)))).isTrue();
        assertThat(disk.transactions).hasSize(1);
    }

    @Test
    void aTurnIsBegunOnceAGroupAndEndedAlsoWhereNothingChanges() {
        disk.shared = true;
        assertThat(journal.begin(NOW)).isPresent();
        assertThat(journal.begin(NOW)).isPresent();
        assertThat(disk.turns).isEqualTo(1);
        assertThat(isKept(journal.add(List.of()))).isTrue();
        assertThat(disk.transactions).containsExactly(List.of());
        assertThat(journal.begin(NOW)).isPresent();
        assertThat(disk.turns).isEqualTo(2);
    }

    @Test
    void whileTheLeasesAreAwayNothingIsToBeDecidedAndASecondLaterItIsTriedAgain() {
        disk.away = true;
        assertThat(journal.begin(NOW)).isEmpty();
        disk.away = false;
        assertThat(journal.begin(NOW.plusMillis(999))).isEmpty();
        assertThat(disk.turns).isZero();
        assertThat(journal.begin(NOW.plusSeconds(1))).isPresent();
    }

    @Test
    void afterACommitThatFailedNothingIsToBeDecidedForASecond() {
        assertThat(journal.begin(NOW)).isPresent();
        disk.full = true;
        assertThat(isKept(journal.add(change(1)))).isFalse();
        disk.full = false;
        assertThat(journal.begin(NOW.plusMillis(999))).isEmpty();
        assertThat(journal.begin(NOW.plusSeconds(1))).isPresent();
    }

    @Test
    void whatIsDecidedWhileATransactionIsWrittenGoesIntoTheNext() {
        var meanwhile = new ArrayList<Journal.Group>();
        disk.meanwhile = () -> {
            disk.meanwhile = () -> {};
            meanwhile.add(journal.add(change(2)));
            meanwhile.add(journal.add(change(3)));
            journal.write(NOW);
            assertThat(meanwhile).noneMatch(Journal.Group::isSettled);
        };
        var told = new ArrayList<String>();
        var first = journal.add(change(1));
        first.whenSettled(() -> told.add("first"));
        assertThat(isKept(first)).isTrue();
        assertThat(meanwhile).allMatch(Journal.Group::isKept);
        assertThat(disk.transactions).containsExactly(change(1), both(change(2), change(3)));
        assertThat(told).containsExactly("first");
    }

    private static List<Change> both(List<Change> one, List<Change> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}

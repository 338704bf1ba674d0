package wirelab.rudp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.rudp.Outcome.Reason;
import wirelab.sim.Impairment;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Whole conversations over links that lose, repeat, hold back and reorder what is sent.
class BadLinkTest {
    private static final Duration LONG_ENOUGH = Duration.ofHours(1);
    private static final RetryPolicy STUBBORN =
            RetryPolicy.DEFAULT.withTries(10_000).withTimeout(LONG_ENOUGH);
    private static final int REQUESTS = 5;

    @Property(tries = 500)
    void aStubbornClientGetsEveryAnswerOnce(RandomGenerator random) throws MalformedException {
        var content = content(random);
        var conversation = new SimulatedConversation(STUBBORN, link(random, 0.6), content, random);
        askEverything(conversation);
        conversation.runUntil(REQUESTS);
        assertThat(conversation.outcomes)
                .as(conversation::transcript)
                .satisfiesExactly(
                        outcome -> assertThat(outcome).isInstanceOf(Outcome.Opened.class),
                        outcome -> assertThat(outcome).isInstanceOf(Outcome.Echoed.class),
                        outcome -> assertThat(outcome).isInstanceOf(Outcome.Reported.class),
                        outcome -> assertFetched(outcome, content),
                        outcome -> assertFetched(outcome, content));
        assertThat(conversation.fetches.values()).as(conversation::transcript).containsOnly(1);
    }

    /// Five seconds are not enough for every link; then the client says so, in time, and is never
    /// wrong.
    @Property(tries = 500)
    void anOrdinaryClientIsRightOrGivesUpInTime(RandomGenerator random) throws MalformedException {
        var content = content(random);
        var conversation = new SimulatedConversation(RetryPolicy.DEFAULT, link(random, 1.0), content, random);
        askEverything(conversation);
        conversation.runUntil(REQUESTS);
        assertThat(conversation.outcomes).as(conversation::transcript).hasSize(REQUESTS);
        for (var outcome : conversation.outcomes) {
            if (outcome instanceof Outcome.Fetched) {
                assertFetched(outcome, content);
            } else if (outcome instanceof Outcome.GaveUp(var exchange, var _)) {
                assertThat(exchange.tries())
                        .as(conversation::transcript)
                        .isLessThanOrEqualTo(RetryPolicy.DEFAULT.tries());
            }
        }
        // Five seconds without progress for each request; a long content makes some 300 steps of progress.
        assertThat(Duration.between(SimulatedConversation.START, conversation.now()))
                .as(conversation::transcript)
                .isLessThan(Duration.ofMinutes(30));
    }

    @Property(tries = 200)
    void aServerThatIsStartedAnewCostsTheClientNothingButTime(RandomGenerator random) throws MalformedException {
        var content = content(random);
        var conversation = new SimulatedConversation(STUBBORN, link(random, 0.2), content, random);
        askEverything(conversation);
        conversation.runUntil(1 + random.nextInt(REQUESTS - 1));
        conversation.restartTheServer();
        conversation.runUntil(REQUESTS);
        assertThat(conversation.outcomes).as(conversation::transcript).hasSize(REQUESTS);
        assertFetched(conversation.outcomes.getLast(), content);
        assertThat(conversation.fetches.values())
                .as(conversation::transcript)
                .allSatisfy(times -> assertThat(times).isLessThanOrEqualTo(2));
    }

    @Property(tries = 20)
    void aServerThatIsNotThereIsGivenUpAfterFiveSeconds(RandomGenerator random) throws MalformedException {
        var conversation =
                new SimulatedConversation(RetryPolicy.DEFAULT, Impairment.NONE.withLoss(1), content(random), random);
        conversation.client.open("lab", conversation.now());
        conversation.runUntil(1);
        assertThat(conversation.outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.GaveUp.class,
                        outcome -> assertThat(outcome.reason()).isEqualTo(Reason.SILENCE));
        assertThat(conversation.now()).isEqualTo(SimulatedConversation.START.plusSeconds(5));
    }

    /// 20 ms there and back, a fifth lost each way: of a hundred messages one is lost four times over, and it is there
    /// after 50 + 100 + 200 + 400 ms and a round trip.
    @Test
    void ofAHundredEchoesOverABadPathNinetyNineAreBackWithinEightTenthsOfASecond() throws MalformedException {
        var trips = new ArrayList<Duration>();
        for (int seed = 0; seed < 100; seed++) {
            trips.addAll(echoes(new Random(seed), 0.2, 800));
        }
        trips.sort(Comparator.naturalOrder());
        assertThat(trips).hasSizeGreaterThan(79_900);
        assertThat(trips.get(trips.size() / 2)).isEqualTo(Duration.ofMillis(20));
        assertThat(trips.get(trips.size() * 99 / 100)).isLessThan(Duration.ofMillis(800));
    }

    @Test
    void aPathThatLosesNothingSeesNoCopies() throws MalformedException {
        for (int seed = 0; seed < 200; seed++) {
            assertThat(echoes(new Random(seed), 0, 50)).hasSize(50).containsOnly(Duration.ofMillis(20));
        }
    }

    /// Nine tries, each of which fails with a chance of 36 %: one start in ten thousand.
    @Test
    void hardlyAStartFailsOverABadPath() throws MalformedException {
        int starts = 50_000;
        int failed = 0;
        for (int seed = 0; seed < starts; seed++) {
            var conversation = conversation(new Random(seed), 0.2);
            conversation.client.open("lab", conversation.now());
            conversation.runUntil(1);
            failed += conversation.outcomes.getFirst() instanceof Outcome.Opened ? 0 : 1;
        }
        assertThat(failed).isLessThan(starts / 4000);
    }

    /// The round trips of echoes that came back.
    private static List<Duration> echoes(Random random, double loss, int count) throws MalformedException {
        var conversation = conversation(random, loss);
        conversation.client.open("lab", conversation.now());
        for (int i = 0; i < count; i++) {
            conversation.client.echo(conversation.now());
        }
        conversation.runUntil(count + 1);
        return conversation.outcomes.stream()
                .filter(Outcome.Echoed.class::isInstance)
                .map(outcome -> outcome.exchange().elapsed())
                .toList();
    }

    private static SimulatedConversation conversation(Random random, double loss) {
        var link = Impairment.NONE
                .withLatency(Duration.ofMillis(10), Duration.ZERO)
                .withLoss(loss);
        return new SimulatedConversation(RetryPolicy.DEFAULT, link, content(random), random);
    }

    private static void askEverything(SimulatedConversation conversation) {
        var client = conversation.client;
        var now = conversation.now();
        client.open("lab", now);
        client.echo(now);
        client.stat(now);
        client.fetch(Bytes.ascii("SIGNGET"), now);
        client.fetch(Bytes.ascii("SIGNGET"), now);
    }

    private static void assertFetched(Outcome outcome, Content content) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Fetched.class,
                        fetched -> assertThat(fetched.content()).isEqualTo(content.octets()));
    }

    private static Impairment link(RandomGenerator random, double mostLoss) {
        return Impairment.NONE
                .withLoss(random.nextDouble() * mostLoss)
                .withDuplication(random.nextDouble() * 0.3)
                .withReordering(random.nextDouble() * 0.3, Duration.ofMillis(random.nextInt(1500)))
                .withLatency(Duration.ofMillis(random.nextInt(200)), Duration.ofMillis(random.nextInt(100)));
    }

    /// From nothing to some three hundred datagrams; many fit in one.
    private static Content content(RandomGenerator random) {
        int size = random.nextBoolean() ? random.nextInt(1000) : random.nextInt(300_000);
        var octets = new byte[size];
        random.nextBytes(octets);
        if (size > 0) {
            octets[0] = 'a'; // never the mark of a part
        }
        return Content.of(Bytes.copyOf(octets));
    }
}

package wirelab.rudp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import wirelab.rudp.Outcome.Reason;
import wirelab.rudp.RudpClient.Reception;
import wirelab.rudp.RudpMessage.AckGet;
import wirelab.rudp.RudpMessage.AckPart;
import wirelab.rudp.RudpMessage.EchoReply;
import wirelab.rudp.RudpMessage.PartRange;
import wirelab.rudp.RudpMessage.Reply;
import wirelab.rudp.RudpMessage.SignAck;
import wirelab.rudp.RudpMessage.SignEcho;
import wirelab.rudp.RudpMessage.SignEnd;
import wirelab.rudp.RudpMessage.SignFull;
import wirelab.rudp.RudpMessage.SignGet;
import wirelab.rudp.RudpMessage.SignLost;
import wirelab.rudp.RudpMessage.SignNew;
import wirelab.rudp.RudpMessage.SignStat;
import wirelab.rudp.RudpMessage.StatReply;
import wirelab.wire.Bytes;

class RudpClientTest {
    private static final Instant START = Instant.ofEpochSecond(1_682_672_342, 804_318_700);
    private static final Bytes SIGNGET = Bytes.ascii("SIGNGET");
    private static final Bytes LONG = Bytes.ascii(IntStream.range(0, 3000)
            .mapToObj(i -> "file-%05d.zip;".formatted(i))
            .collect(Collectors.joining()));

    private final RudpClient client = new RudpClient(RetryPolicy.DEFAULT);
    private Instant now = START;

    @Test
    void onlyTheReplyThatTellsOfTheTransportAnswersTheQuestionForIt() {
        client.statTransport(now);
        assertThat(sent()).containsExactly(new SignStat(1, true));
        assertThat(after(1, new StatReply(1, 0, 0, Duration.ZERO))).isEqualTo(Reception.STALE);
        var reply = new StatReply(1, 0, 0, Duration.ZERO, Optional.of(new TransportReport(0, List.of())));
        assertThat(after(1, reply)).isEqualTo(Reception.TAKEN);
    }

    @Test
    void asksOneThingAtATimeAndCountsFromOne() {
        client.open("lab", now);
        client.echo(now);
        assertThat(sent()).containsExactly(new SignNew("lab"));
        assertThat(after(2, new SignAck())).isEqualTo(Reception.TAKEN);
        assertThat(outcome()).isInstanceOf(Outcome.Opened.class);
        // The time is that of the sending, not that of the command.
        assertThat(sent()).containsExactly(new SignEcho(1, "1682672342.8063187"));
        assertThat(after(3, new EchoReply(1, "1682672342.8063187"))).isEqualTo(Reception.TAKEN);
        assertThat(outcome().exchange())
                .isEqualTo(new Outcome.Exchange(new SignEcho(1, "1682672342.8063187"), 1, 1, 1, Duration.ofMillis(3)));
        assertThat(client.stat(now)).isEqualTo(2);
        assertThat(sent()).containsExactly(new SignStat(2));
        assertThat(client.deadline()).isEqualTo(now.plus(client.rtt().rto()));
    }

    @Test
    void aSessionIsAskedForNineTimesInFiveSeconds() {
        client.open("lab", now);
        assertThat(waits()).containsExactly(1000L, 1500L, 2000L, 2500L, 3000L, 3500L, 4000L, 4500L, 5000L);
        assertThat(sent()).hasSize(9).containsOnly(new SignNew("lab"));
        assertThat(outcome())
                .isEqualTo(new Outcome.GaveUp(
                        new Outcome.Exchange(new SignNew("lab"), 9, 9, 0, Duration.ofSeconds(5)), Reason.SILENCE));
    }

    @Test
    void onAShortPathARequestIsAskedThirteenTimesInFiveSeconds() {
        know(1);
        client.echo(now);
        assertThat(waits())
                .containsExactly(50L, 150L, 350L, 750L, 1250L, 1750L, 2250L, 2750L, 3250L, 3750L, 4250L, 4750L, 5000L);
        assertThat(sent()).hasSize(13);
    }

    @Test
    void aWaitIsNeverShorterThanTheRoundTripThatWasMeasured() {
        know(1500);
        client.echo(now);
        assertThat(client.deadline()).isBetween(now.plusMillis(1500), now.plusMillis(1510));
    }

    @Test
    void aPatientClientAsksMoreRarely() {
        var patient = new RudpClient(RetryPolicy.DEFAULT.withTimeout(Duration.ofMinutes(1)));
        patient.open("lab", now);
        int tries = 0;
        while (patient.deadline().isBefore(Instant.MAX)) {
            tries += patient.poll().isPresent() ? 1 : 0;
            patient.tick(patient.deadline());
        }
        assertThat(tries).isBetween(15, 20);
    }

    @Test
    void theNextRequestBeginsWithAShortWaitAgain() {
        know(20);
        client.echo(now);
        sent();
        for (int i = 0; i < 5; i++) {
            now = client.deadline();
            client.tick(now);
        }
        assertThat(client.deadline()).isEqualTo(now.plusMillis(500));
        after(20, new EchoReply(client.echo(now) - 1, ((SignEcho) sent().getFirst()).time()));
        assertThat(client.deadline()).isEqualTo(now.plusMillis(50));
    }

    @Test
    void aSecondReplyTellsThatTheWaitWasTooShort() {
        know(20);
        long id = client.echo(now);
        var reply = new EchoReply(id, ((SignEcho) sent().getFirst()).time());
        now = client.deadline();
        client.tick(now);
        after(30, reply);
        assertThat(client.rtt().rto()).isEqualTo(Duration.ofMillis(50));
        assertThat(after(50, reply)).isEqualTo(Reception.STALE);
        assertThat(client.rtt().rto()).isGreaterThan(Duration.ofMillis(80));
        var learnt = client.rtt().rto();
        after(1, reply);
        assertThat(client.rtt().rto()).as("once").isEqualTo(learnt);
    }

    /// A server whose code is cold, on a machine that is busy.
    @Test
    void aSlowServerOnAPathThatLosesNothingIsAskedOnce() {
        client.open("lab", now);
        after(990, new SignAck());
        assertThat(sent()).hasSize(1);
        client.open("lab", now);
        after(1, new SignAck());
        sent();
        client.echo(now);
        now = now.plusMillis(150);
        client.tick(now);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void theScrapServerMayTakeHalfASecond() {
        know(1);
        client.fetch(SIGNGET, now);
        assertThat(client.deadline()).isEqualTo(now.plusMillis(550));
        now = client.deadline();
        client.tick(now);
        assertThat(client.deadline()).as("each time").isEqualTo(now.plusMillis(600));
    }

    @Test
    void triesAreBoundedToo() {
        var hasty = new RudpClient(RetryPolicy.DEFAULT.withTries(1));
        hasty.open("lab", START);
        hasty.tick(START.plusSeconds(1));
        assertThat(hasty.outcome()).containsInstanceOf(Outcome.GaveUp.class);
    }

    @Test
    void aRepeatedRequestIsNoSample() {
        client.open("lab", now);
        now = now.plusSeconds(1);
        client.tick(now);
        after(500, new SignAck());
        assertThat(client.rtt().srtt()).isEmpty();
        assertThat(client.rtt().rto()).isEqualTo(RetryPolicy.DEFAULT.initialRto());
    }

    @Test
    void lateRepeatedAndForeignRepliesAreIgnored() {
        open();
        assertThat(after(1, new SignAck())).isEqualTo(Reception.STALE);
        client.echo(now);
        assertThat(after(1, new EchoReply(1, "1.0000000"))).isEqualTo(Reception.STALE);
        assertThat(after(1, new StatReply(1, 0, 0, Duration.ZERO))).isEqualTo(Reception.STALE);
        assertThat(after(1, new AckGet(1, Bytes.EMPTY))).isEqualTo(Reception.STALE);
        assertThat(after(1, new SignStat(1))).isEqualTo(Reception.UNEXPECTED);
        assertThat(client.outcome()).isEmpty();
    }

    @Test
    void aListInOneDatagramIsFetched() {
        open();
        client.fetch(SIGNGET, now);
        assertThat(sent()).containsExactly(new SignGet(1, SIGNGET));
        after(1, new AckGet(1, Bytes.ascii("a;")));
        assertThat(outcome())
                .isInstanceOfSatisfying(
                        Outcome.Fetched.class, f -> assertThat(f.content()).isEqualTo(Bytes.ascii("a;")));
    }

    @Test
    void partsAreAskedForWindowByWindow() {
        open();
        client.fetch(SIGNGET, now);
        sent();
        var content = Content.of(LONG);
        window(content, 1, 16);
        assertThat(sent()).containsExactly(lost(new PartRange(17, 32)));
        window(content, 17, 32);
        assertThat(sent()).containsExactly(lost(new PartRange(33, content.datagrams(1))));
        window(content, 33, content.datagrams(1));
        assertThat(outcome()).isInstanceOfSatisfying(Outcome.Fetched.class, f -> {
            assertThat(f.content()).isEqualTo(LONG);
            assertThat(f.exchange().received()).isEqualTo(content.datagrams(1));
        });
    }

    @Test
    void missingPartsAreAskedForAgain() {
        open();
        client.fetch(SIGNGET, now);
        sent();
        var content = Content.of(LONG);
        window(content, 2, 5);
        window(content, 7, 15);
        assertThat(client.handle(content.replies(1, new PartRange(2, 2)).getFirst(), now))
                .isEqualTo(Reception.REPEATED);
        now = client.deadline();
        client.tick(now);
        assertThat(sent()).containsExactly(lost(new PartRange(1, 1), new PartRange(6, 6), new PartRange(16, 29)));
    }

    @Test
    void partsOfAnotherContentAreNotMixedIn() {
        open();
        client.fetch(SIGNGET, now);
        sent();
        var content = Content.of(LONG);
        window(content, 1, 1);
        var other = new AckPart(1, 2, content.datagrams(1), 7, Bytes.ascii("x"));
        assertThat(after(1, other)).isEqualTo(Reception.STALE);
    }

    @Test
    void silenceInTheMiddleOfAListIsSaid() {
        open();
        client.fetch(SIGNGET, now);
        window(Content.of(LONG), 1, 3);
        toTheEnd();
        assertThat(outcome())
                .isInstanceOfSatisfying(
                        Outcome.GaveUp.class, g -> assertThat(g.reason()).isEqualTo(Reason.INCOMPLETE));
    }

    @Test
    void aFullServerIsAskedAgainLaterAndThenNamed() {
        client.open("lab", now);
        assertThat(after(1, new SignFull(0))).isEqualTo(Reception.TAKEN);
        toTheEnd();
        assertThat(outcome())
                .isInstanceOfSatisfying(
                        Outcome.GaveUp.class, g -> assertThat(g.reason()).isEqualTo(Reason.FULL));
    }

    @Test
    void aLostSessionIsBegunAgainAndTheRequestRepeated() {
        open();
        client.stat(now);
        assertThat(sent()).containsExactly(new SignStat(1));
        after(1, new SignEnd(1));
        assertThat(sent()).containsExactly(new SignNew("lab"));
        after(1, new SignAck());
        assertThat(sent()).containsExactly(new SignStat(1));
        after(1, new StatReply(1, 1, 0, Duration.ZERO));
        assertThat(outcome()).isInstanceOf(Outcome.Reported.class);
        assertThat(client.outcome()).isEmpty();
    }

    @Test
    void aSessionThatCannotBeHadIsSaid() {
        client.stat(now);
        after(1, new SignEnd(1));
        assertThat(outcome())
                .isInstanceOfSatisfying(
                        Outcome.GaveUp.class, g -> assertThat(g.reason()).isEqualTo(Reason.NO_SESSION));
    }

    @Test
    void leavingSaysSoAndStopsTheTimer() {
        open();
        client.stat(now);
        sent();
        client.end();
        assertThat(sent()).containsExactly(new SignEnd(0));
        assertThat(client.deadline()).isEqualTo(Instant.MAX);
    }

    private void open() {
        client.open("lab", now);
        after(1, new SignAck());
        outcome();
        sent();
    }

    /// Opens a session, and lets the client learn how long round trips are.
    private void know(long millis) {
        client.open("lab", now);
        after(millis, new SignAck());
        for (int i = 0; i < 30; i++) {
            client.echo(now);
            var echo = (SignEcho) sent().getLast();
            after(millis, new EchoReply(echo.id(), echo.time()));
        }
        for (var next = client.outcome(); next.isPresent(); next = client.outcome()) {
            // They are not asked for.
        }
    }

    /// Lets the client wait for nothing.
    ///
    /// @return its alarms, in milliseconds from now
    private List<Long> waits() {
        var from = now;
        var waits = new ArrayList<Long>();
        while (client.deadline().isBefore(Instant.MAX)) {
            now = client.deadline();
            waits.add(Duration.between(from, now).toMillis());
            client.tick(now);
        }
        return waits;
    }

    private void window(Content content, int first, int last) {
        for (Reply part : content.replies(1, new PartRange(first, last))) {
            assertThat(after(0, part)).isEqualTo(Reception.TAKEN);
        }
    }

    private static SignLost lost(PartRange... ranges) {
        return new SignLost(1, List.of(ranges));
    }

    private Reception after(long millis, RudpMessage message) {
        now = now.plusMillis(millis);
        return client.handle(message, now);
    }

    private void toTheEnd() {
        while (client.deadline().isBefore(Instant.MAX)) {
            now = client.deadline();
            client.tick(now);
        }
    }

    private List<RudpMessage> sent() {
        var sent = new ArrayList<RudpMessage>();
        for (var next = client.poll(); next.isPresent(); next = client.poll()) {
            sent.add(next.get());
        }
        return sent;
    }

    private Outcome outcome() {
        return client.outcome().orElseThrow();
    }
}

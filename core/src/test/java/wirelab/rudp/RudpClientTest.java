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
        assertThat(client.deadline()).isEqualTo(now.plusMillis(200));
    }

    @Test
    void waitsTwiceAsLongEachTimeAndGivesUp() {
        client.open("lab", now);
        var waits = new ArrayList<Long>();
        while (client.deadline().isBefore(Instant.MAX)) {
            waits.add(Duration.between(START, client.deadline()).toMillis());
            now = client.deadline();
            client.tick(now);
        }
        assertThat(waits).containsExactly(1000L, 3000L, 5000L);
        assertThat(sent()).containsExactly(new SignNew("lab"), new SignNew("lab"), new SignNew("lab"));
        assertThat(outcome())
                .isEqualTo(new Outcome.GaveUp(
                        new Outcome.Exchange(new SignNew("lab"), 3, 3, 0, Duration.ofSeconds(5)), Reason.SILENCE));
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
        assertThat(client.rtt().rto()).isEqualTo(Duration.ofSeconds(2));
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

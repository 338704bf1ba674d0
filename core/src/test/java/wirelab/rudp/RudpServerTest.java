package wirelab.rudp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import wirelab.rudp.RudpMessage.AckGet;
import wirelab.rudp.RudpMessage.AckPart;
import wirelab.rudp.RudpMessage.EchoReply;
import wirelab.rudp.RudpMessage.PartRange;
import wirelab.rudp.RudpMessage.SignAck;
import wirelab.rudp.RudpMessage.SignEcho;
import wirelab.rudp.RudpMessage.SignEnd;
import wirelab.rudp.RudpMessage.SignFull;
import wirelab.rudp.RudpMessage.SignGet;
import wirelab.rudp.RudpMessage.SignLost;
import wirelab.rudp.RudpMessage.SignNew;
import wirelab.rudp.RudpMessage.SignStat;
import wirelab.rudp.RudpMessage.StatReply;
import wirelab.rudp.RudpServer.Decision;
import wirelab.rudp.RudpServer.Ticket;
import wirelab.rudp.RudpServer.Why;
import wirelab.wire.Bytes;

/// Section 6 of docs/rudp.md, line by line.
class RudpServerTest {
    private static final Instant START = Instant.ofEpochSecond(1_682_672_342);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final InetSocketAddress CLIENT = peer("10.20.30.51");
    private static final InetSocketAddress OTHER = peer("10.20.30.52");
    private static final SignEcho ECHO = new SignEcho(1, "1682672342.8043187");
    private static final SignGet GET = new SignGet(2, Bytes.ascii("SIGNGET"));
    private static final Content LIST = Content.of(Bytes.ascii("50MB.zip;task2.pdf;"));
    private static final Content LONG = Content.of(Bytes.ascii("x".repeat(40 * 1200)));

    private final RudpServer server = new RudpServer(new RudpServer.Limits(IDLE, 2, 2, 2));
    private Instant now = START;

    @Test
    void aNewUserIsAcknowledged() {
        assertThat(said(new SignNew("lab"))).isEqualTo(first(new SignAck()));
        assertThat(server.user(CLIENT)).contains("lab");
        assertThat(server.user(OTHER)).isEmpty();
    }

    @Test
    void aRequestWithoutASessionIsToldSo() {
        assertThat(said(ECHO)).isEqualTo(first(new SignEnd(1)));
        assertThat(said(GET)).isEqualTo(first(new SignEnd(2)));
        assertThat(said(new SignLost(7, List.of()))).isEqualTo(first(new SignEnd(7)));
        assertThat(said(new SignEnd(0))).isEqualTo(new Decision.Silence(Why.NO_SESSION));
        assertThat(server.sessions()).isZero();
    }

    @Test
    void aRepeatedRequestGetsTheSameReplyAgain() {
        said(new SignNew("lab"));
        var reply = new EchoReply(1, "1682672342.8043187");
        assertThat(said(ECHO)).isEqualTo(first(reply));
        assertThat(said(ECHO)).isEqualTo(again(reply));
    }

    @Test
    void statisticsThatAreAskedForTwiceAreThoseOfTheFirstTime() {
        said(new SignNew("lab"));
        said(ECHO);
        now = now.plusMillis(18_770);
        var reply = new StatReply(2, 2, 0, Duration.ofMillis(18_770));
        assertThat(said(new SignStat(2))).isEqualTo(first(reply));
        now = now.plusSeconds(1);
        assertThat(said(new SignStat(2))).isEqualTo(again(reply));
    }

    @Test
    void theTransportIsToldToThoseWhoAskForTheirOwnAddress() {
        var report = new TransportReport(0, List.of());
        var asked = new ArrayList<InetAddress>();
        var telling = new RudpServer(new RudpServer.Limits(IDLE, 2, 2, 2), address -> {
            asked.add(address);
            return report;
        });
        var _ = telling.handle(new SignNew("lab"), CLIENT, now);
        assertThat(telling.handle(new SignStat(1), CLIENT, now))
                .isEqualTo(first(new StatReply(1, 1, 0, Duration.ZERO)));
        assertThat(asked).isEmpty();
        var reply = new StatReply(2, 2, 0, Duration.ZERO, Optional.of(report));
        assertThat(telling.handle(new SignStat(2, true), CLIENT, now)).isEqualTo(first(reply));
        assertThat(telling.handle(new SignStat(2, true), CLIENT, now)).isEqualTo(again(reply));
        assertThat(asked).containsExactly(CLIENT.getAddress());
    }

    @Test
    void repliesThatWentOutTwiceCountAsLost() {
        said(new SignNew("lab"));
        said(ECHO);
        said(ECHO);
        said(ECHO);
        assertThat(said(new SignStat(2))).isEqualTo(first(new StatReply(2, 4, 2, Duration.ZERO)));
    }

    @Test
    void theScrapServerIsAskedOnceHoweverOftenTheClientAsks() {
        said(new SignNew("lab"));
        var ticket = ticket(said(GET));
        assertThat(said(GET)).isEqualTo(new Decision.Silence(Why.IN_PROGRESS));
        assertThat(server.complete(ticket, LIST)).isEqualTo(first(new AckGet(2, LIST.octets())));
        assertThat(said(GET)).isEqualTo(again(new AckGet(2, LIST.octets())));
        assertThat(server.complete(ticket, LIST)).isEqualTo(new Decision.Silence(Why.FORGOTTEN));
    }

    @Test
    void aLongListGoesOutSixteenPartsAtATime() {
        said(new SignNew("lab"));
        assertThat(numbers(server.complete(ticket(said(GET)), LONG))).isEqualTo(range(1, 16));
        assertThat(numbers(said(lost(17, 32)))).isEqualTo(range(17, 32));
        // However much is asked for at once.
        assertThat(numbers(said(lost(1, 4096)))).isEqualTo(range(1, 16));
    }

    @Test
    void onlyTheMissingPartsAreSentAgain() {
        said(new SignNew("lab"));
        server.complete(ticket(said(GET)), LONG);
        var lost = new SignLost(2, List.of(new PartRange(3, 4), new PartRange(9, 9)));
        assertThat(numbers(said(lost))).containsExactly(3, 4, 9);
        assertThat(said(lost(4000, 4001))).isEqualTo(new Decision.Silence(Why.NO_SUCH_PART));
    }

    @Test
    void anIdThatIsForgottenIsNotDoneAgain() {
        said(new SignNew("lab"));
        for (int id = 1; id <= RudpSession.REMEMBERED + 1; id++) {
            said(new SignStat(id));
        }
        assertThat(said(new SignStat(1))).isEqualTo(new Decision.Silence(Why.FORGOTTEN));
    }

    @Test
    void aCopyOfSignnewChangesNothing() {
        said(new SignNew("lab"));
        said(ECHO);
        now = now.plusSeconds(1);
        assertThat(said(new SignNew("lab"))).isEqualTo(again(new SignAck()));
        assertThat(said(ECHO)).isEqualTo(again(new EchoReply(1, "1682672342.8043187")));
    }

    @Test
    void aLaterSignnewBeginsAnew() {
        said(new SignNew("lab"));
        said(ECHO);
        now = now.plusSeconds(3);
        assertThat(said(new SignNew("lab"))).isEqualTo(first(new SignAck()));
        assertThat(said(ECHO)).isEqualTo(first(new EchoReply(1, "1682672342.8043187")));
    }

    @Test
    void anotherRequestWithAKnownIdIsOfAClientThatWasStartedAnew() {
        said(new SignNew("lab"));
        said(ECHO);
        said(new SignNew("lab"));
        assertThat(said(new SignStat(1))).isEqualTo(first(new StatReply(1, 1, 0, Duration.ZERO)));
    }

    @Test
    void theAnswerForASessionThatIsGoneGoesNowhere() {
        said(new SignNew("lab"));
        var ticket = ticket(said(GET));
        assertThat(said(new SignEnd(0))).isEqualTo(new Decision.Silence(Why.ENDED));
        assertThat(server.complete(ticket, LIST)).isEqualTo(new Decision.Silence(Why.NO_SESSION));
        said(new SignNew("lab"));
        assertThat(server.complete(ticket, LIST)).isEqualTo(new Decision.Silence(Why.NO_SESSION));
    }

    @Test
    void aSilentSessionIsForgottenAfterFiveMinutesAndATalkingOneIsNot() {
        said(new SignNew("lab"));
        assertThat(server.deadline()).isEqualTo(START.plus(IDLE));
        now = START.plusSeconds(200);
        said(ECHO);
        server.tick(START.plus(IDLE));
        assertThat(server.sessions()).isOne();
        assertThat(server.deadline()).isEqualTo(now.plus(IDLE));
        server.tick(now.plus(IDLE));
        assertThat(server.sessions()).isZero();
        assertThat(server.deadline()).isEqualTo(Instant.MAX);
    }

    @Test
    void whenThereIsNoRoomANewUserIsToldSoAndTheOthersAreServed() {
        said(new SignNew("lab"));
        server.handle(new SignNew("two"), OTHER, now);
        assertThat(server.handle(new SignNew("three"), peer("10.20.30.53"), now))
                .isEqualTo(first(new SignFull(0)));
        assertThat(said(ECHO)).isEqualTo(first(new EchoReply(1, "1682672342.8043187")));
    }

    @Test
    void tenThousandSessionsOfOneAddressShutNobodyOut() {
        var crowded = new RudpServer(new RudpServer.Limits(IDLE, 1000, 100, 2));
        crowded.handle(new SignNew("lab"), CLIENT, now);
        for (int i = 0; i < 10_000; i++) {
            crowded.handle(new SignNew("crowd"), peer("127.0.0.1", 1 + i), now);
        }
        assertThat(crowded.sessions()).isEqualTo(101);
        assertThat(crowded.handle(new SignNew("crowd"), peer("127.0.0.1", 20_000), now))
                .isEqualTo(first(new SignFull(0)));
        assertThat(crowded.handle(new SignNew("two"), OTHER, now)).isEqualTo(first(new SignAck()));
        assertThat(crowded.handle(ECHO, CLIENT, now)).isInstanceOf(Decision.Answer.class);
    }

    /// One who has to go is told so when he asks, and may begin anew.
    @Test
    void whereManyAddressesHaveManyANewcomerGetsAPlaceOfTheirs() {
        var crowded = new RudpServer(new RudpServer.Limits(IDLE, 1000, 100, 2));
        crowded.handle(new SignNew("lab"), CLIENT, now);
        for (int i = 0; i < 10_000; i++) {
            crowded.handle(new SignNew("crowd"), peer("127.0.0." + (1 + i % 20), 1 + i / 20), now);
        }
        assertThat(crowded.sessions()).isEqualTo(1000);
        assertThat(crowded.handle(new SignNew("two"), OTHER, now)).isEqualTo(first(new SignAck()));
        assertThat(crowded.sessions()).isEqualTo(1000);
        assertThat(crowded.handle(ECHO, CLIENT, now)).isEqualTo(first(new EchoReply(1, "1682672342.8043187")));
        long outside = IntStream.range(0, 1000)
                .mapToObj(i -> peer("127.0.0." + (1 + i % 20), 1 + i / 20))
                .filter(peer -> crowded.handle(ECHO, peer, now).equals(first(new SignEnd(1))))
                .count();
        assertThat(outside).isEqualTo(2);
    }

    @Test
    void aSessionThatEndsMakesRoomForItsOwnAddress() {
        var one = new RudpServer(new RudpServer.Limits(IDLE, 2, 1, 2));
        one.handle(new SignNew("lab"), CLIENT, now);
        assertThat(one.handle(new SignNew("two"), peer("10.20.30.51", 5000), now))
                .isEqualTo(first(new SignFull(0)));
        one.handle(new SignEnd(0), CLIENT, now);
        assertThat(one.handle(new SignNew("two"), peer("10.20.30.51", 5000), now))
                .isEqualTo(first(new SignAck()));
        one.tick(now.plus(IDLE));
        assertThat(one.handle(new SignNew("lab"), CLIENT, now.plus(IDLE))).isEqualTo(first(new SignAck()));
    }

    @Test
    void tooManyQuestionsAtOnceArePutOff() {
        said(new SignNew("lab"));
        ticket(said(get(1)));
        ticket(said(get(2)));
        assertThat(said(get(3))).isEqualTo(first(new SignFull(3)));
        // It was not taken down, so it is done when there is room.
        server.complete(new Ticket(CLIENT, 1, 1), LIST);
        assertThat(said(get(3))).isInstanceOf(Decision.Fetch.class);
    }

    @Test
    void sessionsOfTwoAddressesDoNotMix() {
        said(new SignNew("lab"));
        server.handle(new SignNew("two"), OTHER, now);
        said(ECHO);
        assertThat(server.handle(ECHO, OTHER, now)).isEqualTo(first(new EchoReply(1, "1682672342.8043187")));
    }

    @Test
    void whatOnlyServersSayIsIgnored() {
        said(new SignNew("lab"));
        assertThat(said(new SignAck())).isEqualTo(new Decision.Silence(Why.UNEXPECTED));
        assertThat(said(new AckGet(1, LIST.octets()))).isEqualTo(new Decision.Silence(Why.UNEXPECTED));
        assertThat(said(new SignFull(1))).isEqualTo(new Decision.Silence(Why.UNEXPECTED));
    }

    private Decision said(RudpMessage message) {
        return server.handle(message, CLIENT, now);
    }

    private static Decision first(RudpMessage message) {
        return new Decision.Answer(List.of(message), false);
    }

    private static Decision again(RudpMessage message) {
        return new Decision.Answer(List.of(message), true);
    }

    private static Ticket ticket(Decision decision) {
        return ((Decision.Fetch) decision).ticket();
    }

    private static SignGet get(long id) {
        return new SignGet(id, Bytes.ascii("SIGNGET"));
    }

    private static SignLost lost(int first, int last) {
        return new SignLost(2, List.of(new PartRange(first, last)));
    }

    private static List<Integer> numbers(Decision decision) {
        return ((Decision.Answer) decision)
                .messages().stream()
                        .map(message -> ((AckPart) message).number())
                        .toList();
    }

    private static List<Integer> range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private static InetSocketAddress peer(String address) {
        return peer(address, 49152);
    }

    private static InetSocketAddress peer(String address, int port) {
        return new InetSocketAddress(Inet4Address.ofLiteral(address), port);
    }
}

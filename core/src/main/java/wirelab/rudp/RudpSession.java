package wirelab.rudp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import wirelab.rudp.RudpMessage.EchoReply;
import wirelab.rudp.RudpMessage.PartRange;
import wirelab.rudp.RudpMessage.Reply;
import wirelab.rudp.RudpMessage.Request;
import wirelab.rudp.RudpMessage.SignAck;
import wirelab.rudp.RudpMessage.SignEcho;
import wirelab.rudp.RudpMessage.SignEnd;
import wirelab.rudp.RudpMessage.SignFull;
import wirelab.rudp.RudpMessage.SignGet;
import wirelab.rudp.RudpMessage.SignLost;
import wirelab.rudp.RudpMessage.SignStat;
import wirelab.rudp.RudpMessage.StatReply;
import wirelab.rudp.RudpServer.Decision;
import wirelab.rudp.RudpServer.Ticket;
import wirelab.rudp.RudpServer.Why;

/// What the server keeps for one peer: its last requests with their replies, and counts. Confined to one thread.
final class RudpSession {
    /// Replies remembered. A client has one request out at a time, so two would do; more forgive a network that
    /// keeps a datagram back.
    static final int REMEMBERED = 8;

    /// How long the network may keep a copy of a SIGNEW back. Within it, a second SIGNEW is taken for such a copy.
    static final Duration COPY_LIFETIME = Duration.ofSeconds(2);

    private static final PartRange FIRST_WINDOW = new PartRange(1, RudpClient.WINDOW);

    private sealed interface Memory {
        Request request();
    }

    private record InProgress(SignGet request) implements Memory {}

    private record Replied(Request request, Reply reply) implements Memory {}

    /// The answer to a SIGNGET, and how many of its datagrams went out at least once.
    private static final class Fetched implements Memory {
        private final SignGet request;
        private final Content content;
        private int sent;

        Fetched(SignGet request, Content content) {
            this.request = request;
            this.content = content;
        }

        @Override
        public SignGet request() {
            return request;
        }
    }

    private final InetSocketAddress peer;
    private final String user;
    private final Instant begun;
    private final TreeMap<Long, Memory> memory = new TreeMap<>();
    private final long serial;
    private Instant lastHeard;
    private Instant lastNew;
    private long forgotten;
    private long packetsSent;
    private long packetsLost;

    RudpSession(InetSocketAddress peer, long serial, String user, Instant now) {
        this.peer = peer;
        this.serial = serial;
        this.user = user;
        this.begun = now;
        this.lastHeard = now;
        this.lastNew = now;
    }

    String user() {
        return user;
    }

    long serial() {
        return serial;
    }

    Instant lastHeard() {
        return lastHeard;
    }

    void heard(Instant now) {
        lastHeard = now;
    }

    /// Whether a SIGNEW is a copy of the one that this session began with, rather than a client started anew.
    boolean isRepeat(String user, Instant now) {
        boolean nothingAsked = memory.isEmpty() && forgotten == 0;
        return user.equals(this.user) && (nothingAsked || now.isBefore(lastNew.plus(COPY_LIFETIME)));
    }

    Decision acknowledge() {
        return answer(List.of(new SignAck()));
    }

    Decision acknowledgeAgain(Instant now) {
        lastNew = now;
        return answerAgain(List.of(new SignAck()));
    }

    /// Whether a request has the id of another one: then its client was started anew, and its SIGNEW looked like a
    /// copy.
    boolean contradicts(Request request) {
        var known = memory.get(request.id());
        return known != null && !known.request().equals(request);
    }

    /// The session of the client that was started anew.
    RudpSession startedAnew(long newSerial) {
        var anew = new RudpSession(peer, newSerial, user, lastNew);
        anew.lastHeard = lastHeard;
        anew.packetsSent = 1; // the SIGNACK
        return anew;
    }

    Decision echo(SignEcho echo) {
        var known = memory.get(echo.id());
        return known == null ? first(echo, new EchoReply(echo.id(), echo.time())) : again(known);
    }

    Decision stat(SignStat stat, Function<InetAddress, TransportReport> transport, Instant now) {
        var known = memory.get(stat.id());
        if (known != null) {
            return again(known);
        }
        var connected = Duration.between(begun, now);
        var report =
                stat.transport() ? Optional.of(transport.apply(peer.getAddress())) : Optional.<TransportReport>empty();
        return first(stat, new StatReply(stat.id(), packetsSent, packetsLost, connected, report));
    }

    Decision fetch(SignGet get, int most) {
        var known = memory.get(get.id());
        if (known != null) {
            return again(known);
        }
        if (isForgotten(get.id())) {
            return new Decision.Silence(Why.FORGOTTEN);
        }
        if (memory.values().stream().filter(InProgress.class::isInstance).count() >= most) {
            return answer(List.of(new SignFull(get.id())));
        }
        remember(new InProgress(get));
        return new Decision.Fetch(new Ticket(peer, serial, get.id()), get.payload());
    }

    Decision complete(long id, Content content) {
        if (!(memory.get(id) instanceof InProgress(var request))) {
            return new Decision.Silence(Why.FORGOTTEN);
        }
        var fetched = new Fetched(request, content);
        remember(fetched);
        return send(fetched, List.of(FIRST_WINDOW));
    }

    Decision sendAgain(SignLost lost) {
        return switch (memory.get(lost.id())) {
            // Not a request of this session: of the one before, most likely, whose replies are gone.
            case null -> answer(List.of(new SignEnd(lost.id())));
            case Fetched fetched when !lost.parts().isEmpty() -> send(fetched, lost.parts());
            case Memory known -> again(known);
        };
    }

    private Decision first(Request request, Reply reply) {
        if (isForgotten(request.id())) {
            return new Decision.Silence(Why.FORGOTTEN);
        }
        remember(new Replied(request, reply));
        return answer(List.of(reply));
    }

    private Decision again(Memory known) {
        return switch (known) {
            case InProgress _ -> new Decision.Silence(Why.IN_PROGRESS);
            case Replied(var _, var reply) -> answerAgain(List.of(reply));
            case Fetched fetched -> send(fetched, List.of(FIRST_WINDOW));
        };
    }

    /// Sends a window of what is asked for; the client asks for the rest when it has that.
    private Decision send(Fetched fetched, List<PartRange> parts) {
        var messages = new ArrayList<RudpMessage>();
        int lost = 0;
        int sent = fetched.sent;
        long id = fetched.request.id();
        for (var range : parts) {
            int last = Math.min(range.last(), range.first() + RudpClient.WINDOW - messages.size() - 1);
            if (last < range.first()) {
                break;
            }
            var replies = fetched.content.replies(id, new PartRange(range.first(), last));
            messages.addAll(replies);
            lost += Math.clamp(sent - range.first() + 1, 0, replies.size());
            fetched.sent = Math.max(fetched.sent, range.first() - 1 + replies.size());
        }
        if (messages.isEmpty()) {
            return new Decision.Silence(Why.NO_SUCH_PART);
        }
        packetsSent += messages.size();
        packetsLost += lost;
        return new Decision.Answer(List.copyOf(messages), lost > 0);
    }

    private Decision answer(List<RudpMessage> messages) {
        packetsSent += messages.size();
        return new Decision.Answer(messages, false);
    }

    private Decision answerAgain(List<RudpMessage> messages) {
        packetsSent += messages.size();
        packetsLost += messages.size();
        return new Decision.Answer(messages, true);
    }

    /// Ids count up: one that is below what was forgotten is an old copy.
    private boolean isForgotten(long id) {
        return id <= forgotten;
    }

    private void remember(Memory known) {
        memory.put(known.request().id(), known);
        if (memory.size() > REMEMBERED) {
            var oldest = memory.values().stream()
                    .filter(m -> !(m instanceof InProgress))
                    .findFirst();
            oldest.ifPresent(m -> {
                forgotten = Math.max(forgotten, m.request().id());
                memory.remove(m.request().id());
            });
        }
    }
}

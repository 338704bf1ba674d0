package wirelab.rudp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import wirelab.rudp.Outcome.Exchange;
import wirelab.rudp.Outcome.Reason;
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
import wirelab.rudp.RudpMessage.Unknown;
import wirelab.wire.Bytes;

/// The client's end of a session: asks one thing at a time, and asks again until it is answered or gives up. Confined
/// to one thread.
///
/// Commands may come at any time; they wait for their turn. After each call, [#poll] has what is to be sent and
/// [#outcome] what became of the commands. `docs/rudp.md` section 5 has the states.
public final class RudpClient {
    /// Parts that the client asks for, and the server sends, at a time: some 19 KB, which any socket's buffer holds.
    static final int WINDOW = 16;

    /// What the client made of a message.
    public enum Reception {
        TAKEN,
        /// Nothing is being asked, or something else: a late or repeated reply.
        STALE,
        /// A part that is there already.
        REPEATED,
        /// A message that servers do not send, or one of a type unknown.
        UNEXPECTED
    }

    private sealed interface State {}

    private record Idle() implements State {}

    private sealed interface Busy extends State {
        Asked asked();
    }

    /// A request is out, and nothing of its answer is here.
    private record Asking(Asked asked) implements Busy {}

    /// Some parts of the answer are here.
    private record Collecting(Asked asked, Assembly assembly) implements Busy {}

    private record Event(State state, RudpMessage message) {}

    /// The last request that was sent more than once.
    ///
    /// @param reply what answered it
    /// @param elapsed from its first copy to the first reply
    private record Repeated(RudpMessage reply, Duration elapsed) {}

    private final RetryPolicy policy;
    private final RttEstimator rtt;
    private final Deque<Function<Instant, RudpMessage>> commands = new ArrayDeque<>();
    private final Deque<RudpMessage> toNetwork = new ArrayDeque<>();
    private final Deque<Outcome> toUser = new ArrayDeque<>();
    private State state = new Idle();
    private Optional<SignNew> session = Optional.empty();
    private Optional<Repeated> repeated = Optional.empty();
    private long lastId;

    public RudpClient(RetryPolicy policy) {
        this.policy = policy;
        this.rtt = new RttEstimator(policy.initialRto(), policy.leastRto(), policy.mostRto());
    }

    /// Begins a session.
    public void open(String user, Instant now) {
        var message = new SignNew(user);
        command(_ -> message, now);
    }

    /// Asks for the time back.
    ///
    /// @return the id that the request will have
    public long echo(Instant now) {
        long id = nextId();
        command(then -> SignEcho.at(id, then), now);
        return id;
    }

    /// Asks how the session is doing.
    ///
    /// @return the id that the request will have
    public long stat(Instant now) {
        long id = nextId();
        command(_ -> new SignStat(id), now);
        return id;
    }

    /// Asks how the session is doing, and what the server sees of the transport's connections from this address. A
    /// server that does not know the question does not answer.
    ///
    /// @return the id that the request will have
    public long statTransport(Instant now) {
        long id = nextId();
        command(_ -> new SignStat(id, true), now);
        return id;
    }

    /// Asks the server to pass on `payload`, and for what it hears.
    ///
    /// @return the id that the request will have
    public long fetch(Bytes payload, Instant now) {
        long id = nextId();
        command(_ -> new SignGet(id, payload), now);
        return id;
    }

    /// Leaves, without waiting for anything: what was still asked has no outcome.
    public void end() {
        commands.clear();
        session = Optional.empty();
        state = new Idle();
        toNetwork.add(new SignEnd(0));
    }

    /// The next message to be sent.
    public Optional<RudpMessage> poll() {
        return Optional.ofNullable(toNetwork.poll());
    }

    /// What became of the next request; one for each command, in their order.
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(toUser.poll());
    }

    /// What is known of the path to the server.
    public RttEstimator rtt() {
        return rtt;
    }

    /// When [#tick] is wanted next; [Instant#MAX] for never.
    public Instant deadline() {
        return state instanceof Busy busy ? busy.asked().deadline() : Instant.MAX;
    }

    /// Does what is due: asks again, or gives up.
    public void tick(Instant now) {
        if (!(state instanceof Busy busy) || now.isBefore(busy.asked().deadline())) {
            return;
        }
        var asked = busy.asked();
        if (!now.isBefore(asked.giveUpAt) || asked.attempts >= policy.tries()) {
            giveUp(busy, busy instanceof Collecting ? Reason.INCOMPLETE : asked.reason, now);
            return;
        }
        ask(busy, false, now);
    }

    /// Takes a message from the server.
    public Reception handle(RudpMessage message, Instant now) {
        return switch (new Event(state, message)) {
            case Event(Asking(var asked), SignAck ack) when asked.message instanceof SignNew -> opened(asked, ack, now);
            case Event(Asking(var asked), EchoReply reply)
            when asked.message.equals(new SignEcho(reply.id(), reply.time())) ->
                answered(asked, reply, Outcome.Echoed::new, now);
            case Event(Asking(var asked), StatReply reply)
            when asked.message.equals(new SignStat(reply.id(), reply.transport().isPresent())) ->
                answered(asked, reply, exchange -> new Outcome.Reported(exchange, reply), now);
            case Event(Busy busy, AckGet(var id, var content))
            when busy.asked().gets(id) -> {
                busy.asked().received++;
                yield fetched(busy.asked(), content, now);
            }
            case Event(Asking(var asked), AckPart part)
            when asked.gets(part.id()) -> {
                asked.wanted = List.of(new PartRange(1, Math.min(WINDOW, part.count())));
                yield collect(new Collecting(asked, new Assembly(part)), part, now);
            }
            case Event(Collecting collecting, AckPart part)
            when collecting.asked().gets(part.id()) -> collect(collecting, part, now);
            case Event(Busy busy, SignFull(var id))
            when busy.asked().hasId(id) -> {
                // The timer asks again, later each time: that is the pause.
                busy.asked().reason = Reason.FULL;
                yield Reception.TAKEN;
            }
            case Event(Busy busy, SignEnd(var id)) when busy.asked().mayEndBy(id) -> sessionLost(busy, now);
            case Event(State _, SignAck reply) -> late(reply);
            case Event(State _, EchoReply reply) -> late(reply);
            case Event(State _, StatReply reply) -> late(reply);
            case Event(State _, AckGet _),
                    Event(State _, AckPart _),
                    Event(State _, SignFull _),
                    Event(State _, SignEnd _) -> Reception.STALE;
            case Event(State _, SignNew _),
                    Event(State _, SignEcho _),
                    Event(State _, SignStat _),
                    Event(State _, SignGet _),
                    Event(State _, SignLost _),
                    Event(State _, Unknown _) -> Reception.UNEXPECTED;
        };
    }

    private Reception opened(Asked asked, SignAck ack, Instant now) {
        session = Optional.of((SignNew) asked.message);
        if (asked.interrupted.isEmpty()) {
            return answered(asked, ack, Outcome.Opened::new, now);
        }
        learn(asked, ack, now);
        var again = asked.interrupted.get();
        again.attempts = 0;
        again.giveUpAt = now.plus(policy.timeout());
        ask(new Asking(again), true, now);
        return Reception.TAKEN;
    }

    private Reception answered(Asked asked, RudpMessage reply, Function<Exchange, Outcome> outcome, Instant now) {
        asked.received++;
        learn(asked, reply, now);
        return finish(outcome.apply(asked.exchange(now)), now);
    }

    /// Karn's rule. A SIGNGET is no sample either: the scrap server's time is not the path's.
    private void learn(Asked asked, RudpMessage reply, Instant now) {
        if (asked.tries == 1) {
            rtt.sample(Duration.between(asked.sentAt, now));
        } else if (!asked.reopened) {
            repeated = Optional.of(new Repeated(reply, Duration.between(asked.begun, now)));
        }
    }

    /// A reply that nobody waits for. A second one to the same request says that a copy was sent for nothing: the first
    /// reply was on its way, and is taken for that to the first copy. So a path that got longer is learnt in spite
    /// of Karn's rule.
    private Reception late(RudpMessage reply) {
        repeated.filter(last -> last.reply().equals(reply)).ifPresent(last -> {
            rtt.sample(last.elapsed());
            repeated = Optional.empty();
        });
        return Reception.STALE;
    }

    private Reception fetched(Asked asked, Bytes content, Instant now) {
        return finish(new Outcome.Fetched(asked.exchange(now), content), now);
    }

    private Reception collect(Collecting collecting, AckPart part, Instant now) {
        var asked = collecting.asked();
        var assembly = collecting.assembly();
        if (!assembly.fits(part)) {
            if (asked.attempts < 2) {
                return Reception.STALE;
            }
            // Nothing has come for the content we hold parts of, but this came: it is what the server has now.
            assembly = new Assembly(part);
        }
        if (!assembly.add(part)) {
            return Reception.REPEATED;
        }
        asked.received++;
        if (asked.unambiguous) {
            rtt.sample(Duration.between(asked.sentAt, now));
            asked.unambiguous = false;
        }
        if (assembly.isComplete()) {
            var content = assembly.content();
            return content.isPresent() ? fetched(asked, content.get(), now) : startOver(asked, now);
        }
        state = new Collecting(asked, assembly);
        asked.attempts = 0;
        asked.giveUpAt = now.plus(policy.timeout());
        asked.retryAt = now.plus(rtt.rto());
        if (!assembly.lacksAnyOf(asked.wanted)) {
            ask((Collecting) state, true, now);
        }
        return Reception.TAKEN;
    }

    /// The parts are of different contents that only look alike.
    private Reception startOver(Asked asked, Instant now) {
        if (asked.tries >= policy.tries()) {
            giveUp(new Asking(asked), Reason.INCOMPLETE, now);
        } else {
            ask(new Asking(asked), false, now);
        }
        return Reception.TAKEN;
    }

    /// The server forgot us, or was started anew: one SIGNEW, and then the request again.
    private Reception sessionLost(Busy busy, Instant now) {
        var asked = busy.asked();
        if (session.isEmpty()) {
            giveUp(busy, Reason.NO_SESSION, now);
        } else if (asked.reopened) {
            // Perhaps only a late copy of the SIGNEND before: the timer will tell.
            asked.reason = Reason.NO_SESSION;
        } else {
            asked.reopened = true;
            ask(new Asking(new Asked(session.get(), Optional.of(asked), now, policy.timeout())), true, now);
        }
        return Reception.TAKEN;
    }

    private void giveUp(Busy busy, Reason reason, Instant now) {
        var asked = busy.asked().interrupted.orElse(busy.asked());
        finish(new Outcome.GaveUp(asked.exchange(now), reason), now);
    }

    private Reception finish(Outcome outcome, Instant now) {
        toUser.add(outcome);
        state = new Idle();
        startNext(now);
        return Reception.TAKEN;
    }

    private void command(Function<Instant, RudpMessage> command, Instant now) {
        commands.add(command);
        startNext(now);
    }

    private void startNext(Instant now) {
        if (state instanceof Idle && !commands.isEmpty()) {
            var message = commands.remove().apply(now);
            ask(new Asking(new Asked(message, Optional.empty(), now, policy.timeout())), true, now);
        }
    }

    private void ask(Busy busy, boolean first, Instant now) {
        state = busy;
        var asked = busy.asked();
        switch (busy) {
            case Asking _ -> {
                asked.tries++;
                toNetwork.add(asked.message);
            }
            case Collecting(var _, var assembly) -> {
                asked.wanted = assembly.missing(WINDOW);
                asked.unambiguous = first;
                toNetwork.add(new SignLost(asked.id(), asked.wanted));
            }
        }
        asked.attempts++;
        asked.sent++;
        asked.sentAt = now;
        asked.retryAt = now.plus(policy.wait(rtt.rto(), asked.attempts)).plus(serverTime(busy));
    }

    /// What the server may take for itself. A copy of a SIGNEW does not wait for it again: a server has begun by then.
    private Duration serverTime(Busy busy) {
        var asked = busy.asked();
        boolean isSlow = busy instanceof Asking
                && (asked.message instanceof SignGet || (asked.message instanceof SignNew && asked.attempts == 1));
        return isSlow ? policy.serverTime() : Duration.ZERO;
    }

    private long nextId() {
        lastId = lastId % RudpMessage.LAST_ID + 1;
        return lastId;
    }
}

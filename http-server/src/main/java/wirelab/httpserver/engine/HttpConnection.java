package wirelab.httpserver.engine;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import wirelab.http.BodyDecoder;
import wirelab.http.BodyFraming;
import wirelab.http.HttpRequest;
import wirelab.http.HttpStatus;
import wirelab.http.MalformedHttpException;
import wirelab.http.RequestParser;

/// A server's side of one connection, without the socket. Confined to one thread.
///
/// Takes one request at a time: what is pipelined behind it stays with the caller until the response is sent, so a
/// client that does not read cannot make us hold its answers.
///
/// ```
///         octets          request         resource        all sent
///  IDLE ---------> HEAD ----------> FINDING -------> SENDING -----> IDLE
///                   |                  ^                |
///                   +----> BODY -------+                +---------> LINGERING --> CLOSED
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc9112#section-9 RFC 9112 section 9
public final class HttpConnection {
    /// What is to be done next.
    public sealed interface Step {
        /// All octets are taken; read more.
        record NeedMore() implements Step {}

        /// Keep the octets that are left: there is a response to finish first.
        record Wait() implements Step {}

        /// Send [#CONTINUE], then hand over what is left.
        record Continue() implements Step {}

        /// Look this up, and call [HttpConnection#found].
        record Find(Wanted wanted) implements Step {}

        /// Send this, and call [HttpConnection#sent].
        record Send(Reply reply) implements Step {}

        /// Close the sending side, and go on reading.
        record Linger() implements Step {}

        record Close(String why) implements Step {}
    }

    /// RFC 9110 section 15.2.1.
    public static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private static final Step NEED_MORE = new Step.NeedMore();
    private static final Step WAIT = new Step.Wait();

    private final ServerPolicy policy;
    private final Replies replies;
    private final RequestParser parser;
    private ConnectionState state = ConnectionState.IDLE;
    private Instant deadline;
    private int requests;
    private boolean draining;

    // Of the request that is under way.
    private Optional<HttpRequest> request = Optional.empty();
    private Optional<Target> target = Optional.empty();
    private Optional<BodyDecoder> body = Optional.empty();
    private long bodyOctets;
    private boolean refused;
    private boolean last;
    private long taken;

    /// A connection that has just been accepted.
    public HttpConnection(ServerPolicy policy, Instant now) {
        this.policy = policy;
        this.replies = new Replies(policy.server());
        this.parser = new RequestParser(policy.limits());
        this.deadline = now.plus(policy.request());
    }

    /// Octets came, or were left over. Call it again after each response, with those that are left.
    public Step handle(ByteBuffer in, Instant now) {
        try {
            return switch (state) {
                case IDLE, HEAD -> readHead(in, now);
                case BODY -> readBody(in, now);
                case FINDING, SENDING -> WAIT;
                case LINGERING -> drop(in);
                case CLOSED -> new Step.Close("closed before");
            };
        } catch (MalformedHttpException e) {
            return refuse(e, true, now);
        }
    }

    /// What the path of [Step.Find] leads to.
    ///
    /// @param now by the clock of [#handle]
    /// @param wallClock for dates, which are compared with those of files
    public Step found(Resource resource, Instant now, Instant wallClock) {
        var asked = request.orElseThrow();
        var terms = terms(!asked.keepsAlive());
        return send(replies.answer(asked, target.orElseThrow(), resource, terms, wallClock), now);
    }

    /// The client took some octets of the response.
    ///
    /// It has another [ServerPolicy#stall] once it has taken what the lowest rate asks for in that time.
    public void progress(long octets, Instant now) {
        if (state == ConnectionState.SENDING) {
            taken += octets;
            if (taken >= policy.minRate() * policy.stall().toSeconds()) {
                taken = 0;
                deadline = now.plus(policy.stall());
            }
        }
    }

    /// All of the response is gone.
    public Step sent(Instant now) {
        if (!last) {
            move(ConnectionEvent.SENT, now);
            return NEED_MORE;
        }
        // A client that asked for the end, and whose request was read to its end, sends nothing more: nothing can come
        // that we would answer with a reset.
        if (!refused && request.filter(asked -> !asked.keepsAlive()).isPresent()) {
            move(ConnectionEvent.SENT_AND_DONE, now);
            return new Step.Close("asked for by the client");
        }
        move(ConnectionEvent.SENT_LAST, now);
        return new Step.Linger();
    }

    /// The client sends nothing more, and all that came before is handled.
    public Step ended(Instant now) {
        move(ConnectionEvent.ENDED, now);
        return state == ConnectionState.CLOSED ? new Step.Close("the client left") : WAIT;
    }

    /// Does what is due.
    public Step tick(Instant now) {
        if (now.isBefore(deadline)) {
            return WAIT;
        }
        if (state == ConnectionState.HEAD || state == ConnectionState.BODY) {
            var late = new MalformedHttpException(
                    HttpStatus.REQUEST_TIMEOUT, "the request was not whole within " + policy.request());
            return refuse(late, true, now);
        }
        var why = "timeout in state " + state;
        move(ConnectionEvent.ALARM, now);
        return new Step.Close(why);
    }

    /// When [#tick] is wanted.
    public Instant deadline() {
        return deadline;
    }

    /// The server is about to end: finish what is under way, and no more.
    public Step drain(Instant now) {
        draining = true;
        move(ConnectionEvent.DRAIN, now);
        return state == ConnectionState.CLOSED ? new Step.Close("the server ends") : WAIT;
    }

    /// Whether it is the client who keeps us waiting: such a connection may be given up for a better one.
    public boolean waitsForClient() {
        return switch (state) {
            case IDLE, HEAD, BODY, LINGERING, CLOSED -> true;
            case FINDING, SENDING -> false;
        };
    }

    private Step readHead(ByteBuffer in, Instant now) throws MalformedHttpException {
        request = Optional.empty();
        refused = false;
        var head = parser.parse(in);
        if (head.isEmpty()) {
            if (parser.isMidway() && state == ConnectionState.IDLE) {
                move(ConnectionEvent.OCTETS, now);
            }
            return NEED_MORE;
        }
        request = head;
        requests++;
        return begin(head.get(), in, now);
    }

    private Step begin(HttpRequest asked, ByteBuffer in, Instant now) throws MalformedHttpException {
        BodyFraming framing;
        try {
            framing = RequestRules.check(asked, policy.maxBody());
            target = Optional.of(Target.of(asked.method(), asked.target()));
        } catch (MalformedHttpException e) {
            // Whoever gets the form wrong may get the next request's wrong, too.
            boolean trusted = e.status() != HttpStatus.BAD_REQUEST
                    && !asked.headers().has("Content-Length")
                    && !asked.headers().has("Transfer-Encoding");
            return refuse(e, !trusted || !asked.keepsAlive(), now);
        }
        if (framing instanceof BodyFraming.None) {
            return find(now);
        }
        body = Optional.of(new BodyDecoder(framing, policy.limits()));
        bodyOctets = 0;
        move(ConnectionEvent.BODY, now);
        boolean wantsContinue =
                asked.version().atLeast11() && asked.headers().listHas("Expect", "100-continue") && !in.hasRemaining();
        return wantsContinue ? new Step.Continue() : readBody(in, now);
    }

    /// RFC 9110 section 9.3.1: content in a GET means nothing; it is read, so that the next request is found after it.
    private Step readBody(ByteBuffer in, Instant now) throws MalformedHttpException {
        var decoder = body.orElseThrow();
        while (!decoder.isComplete() && in.hasRemaining()) {
            bodyOctets += decoder.decode(in).remaining();
            if (bodyOctets > policy.maxBody()) {
                throw new MalformedHttpException(
                        HttpStatus.CONTENT_TOO_LARGE, "a body of more than " + policy.maxBody() + " octets");
            }
        }
        return decoder.isComplete() ? find(now) : NEED_MORE;
    }

    private Step find(Instant now) {
        body = Optional.empty();
        move(ConnectionEvent.REQUEST, now);
        var asked = request.orElseThrow();
        if (asked.method().equals("OPTIONS")) {
            return send(replies.options(asked, terms(!asked.keepsAlive())), now);
        }
        return target.orElseThrow().path().isHidden() && !policy.hidden()
                ? found(new Resource.Missing(), now, now)
                : new Step.Find(Wanted.of(asked, target.orElseThrow()));
    }

    private static Step drop(ByteBuffer in) {
        in.position(in.limit());
        return NEED_MORE;
    }

    private Step refuse(MalformedHttpException error, boolean ends, Instant now) {
        refused = true;
        return send(replies.refusal(request, error, terms(ends)), now);
    }

    private Step send(Reply reply, Instant now) {
        last = reply.last();
        taken = 0;
        move(ConnectionEvent.ANSWER, now);
        return new Step.Send(reply);
    }

    private Replies.Terms terms(boolean ends) {
        boolean lastOne = ends || draining || requests >= policy.requests();
        var fields = lastOne
                ? ConnectionFields.CLOSE
                : ConnectionFields.keepAlive(policy.idle(), policy.requests() - requests + 1);
        return new Replies.Terms(fields, lastOne);
    }

    private void move(ConnectionEvent event, Instant now) {
        var next = state.after(event);
        if (next != state) {
            deadline = switch (next) {
                case IDLE -> now.plus(policy.idle());
                case HEAD -> now.plus(policy.request());
                case BODY -> state == ConnectionState.HEAD ? deadline : now.plus(policy.request());
                case FINDING, SENDING -> now.plus(policy.stall());
                case LINGERING -> now.plus(policy.linger());
                case CLOSED -> Instant.MAX;
            };
            state = next;
        }
    }
}

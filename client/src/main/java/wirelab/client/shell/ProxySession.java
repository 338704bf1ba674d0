package wirelab.client.shell;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import wirelab.client.output.Narration;
import wirelab.client.output.Printable;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.rudp.Outcome;
import wirelab.rudp.Outcome.Exchange;
import wirelab.rudp.RetryPolicy;
import wirelab.rudp.RudpClient;
import wirelab.rudp.RudpClient.Reception;
import wirelab.rudp.RudpCodec;
import wirelab.rudp.RudpMessage.StatReply;
import wirelab.rudp.TransportReport;
import wirelab.scrap.FileDetails;
import wirelab.scrap.FileList;
import wirelab.scrap.ScrapCodec;
import wirelab.scrap.ScrapFailure;
import wirelab.scrap.ScrapReply;
import wirelab.scrap.ScrapRequest;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// A session with the RUDP proxy, one question at a time. Confined to one thread.
public final class ProxySession implements AutoCloseable {
    /// Both ends of the lab's sessions are on this port.
    public static final int PORT = 49152;

    private static final String PROTOCOL = "rudp";
    private static final String WHAT = "an RUDP proxy";

    private final Context context;
    private final UdpPeer peer;
    private final RudpClient engine;

    /// An answer, and what it took.
    public record Answered<T>(T value, Exchange exchange) {
        /// Datagrams sent and received.
        public int packets() {
            return exchange.sent() + exchange.received();
        }
    }

    private ProxySession(Context context, UdpPeer peer) {
        this.context = context;
        this.peer = peer;
        this.engine = new RudpClient(RetryPolicy.DEFAULT.withTimeout(context.timeout()));
    }

    /// Opens the socket; nothing is sent yet.
    ///
    /// @param local where to speak from
    public static ProxySession open(Context context, InetSocketAddress local, InetSocketAddress proxy)
            throws IOException, ExitException {
        return new ProxySession(context, UdpPeer.connect(context, local, proxy, "--bind"));
    }

    /// Where to speak from when nobody says it all: the address that leads to the proxy, and port 49152 if it is free.
    public static InetSocketAddress localEnd(Optional<Inet4Address> address, OptionalInt port, InetSocketAddress proxy)
            throws IOException {
        var from = address.isPresent() ? address.get() : leadingTo(proxy);
        if (port.isPresent()) {
            return new InetSocketAddress(from, port.getAsInt());
        }
        var usual = new InetSocketAddress(from, PORT);
        try (var _ = new DatagramSocket(usual)) {
            return usual;
        } catch (IOException e) {
            return new InetSocketAddress(from, 0);
        }
    }

    private static Inet4Address leadingTo(InetSocketAddress proxy) throws IOException {
        // Connecting a UDP socket sends nothing; the kernel looks up the route, and with it the source.
        try (var socket = new DatagramSocket(new InetSocketAddress(Inet4Address.ofLiteral("0.0.0.0"), 0))) {
            socket.connect(proxy);
            return (Inet4Address) socket.getLocalAddress();
        }
    }

    public InetSocketAddress localAddress() {
        return peer.localAddress();
    }

    /// SIGNEW.
    public Exchange hello(String user) throws IOException, ExitException {
        try {
            engine.open(user, context.now());
        } catch (IllegalArgumentException e) {
            throw new ExitException(ExitCode.USAGE, "--user '" + Printable.of(user) + "': " + e.getMessage(), e);
        }
        return answered(outcome()).exchange();
    }

    /// SIGNECHO.
    ///
    /// @return [Outcome.Echoed], or [Outcome.GaveUp] if nothing came back
    public Outcome echo() throws IOException, ExitException {
        engine.echo(context.now());
        return outcome();
    }

    /// The same where a lost echo is an error.
    public Exchange echoOrFail() throws IOException, ExitException {
        return answered(echo()).exchange();
    }

    /// SIGNSTAT.
    public Answered<StatReply> statistics() throws IOException, ExitException {
        engine.stat(context.now());
        return switch (answered(outcome())) {
            case Outcome.Reported(var exchange, var reply) -> new Answered<>(reply, exchange);
            case Outcome other -> throw mixedUp(other);
        };
    }

    /// SIGNSTAT, and the transport's connections from this address.
    ///
    /// @return nothing if the proxy does not answer: an older one does not know the question
    public Optional<TransportReport> transport() throws IOException, ExitException {
        engine.statTransport(context.now());
        return outcome() instanceof Outcome.Reported(var _, var reply) ? reply.transport() : Optional.empty();
    }

    /// SIGNGET, for the list of files.
    public Answered<FileList> list() throws IOException, ExitException {
        var answer = fetch(ScrapRequest.NAMES);
        if (answer.value() instanceof FileList names) {
            return new Answered<>(names, answer.exchange());
        }
        throw new ExitException(ExitCode.PROTOCOL, name() + " answers with sizes and dates, which nobody asked for");
    }

    /// SIGNGET, for the list of files with their sizes and dates.
    public Answered<FileDetails> details() throws IOException, ExitException {
        var answer = fetch(ScrapRequest.DETAILS);
        if (answer.value() instanceof FileDetails details) {
            return new Answered<>(details, answer.exchange());
        }
        throw new ExitException(
                ExitCode.UNAVAILABLE,
                "the scrap server behind " + name()
                        + " knows no sizes and dates: ask for the names alone, without --long");
    }

    /// SIGNEND: nothing comes in answer.
    public void end() throws IOException, ExitException {
        engine.end();
        sendAll();
    }

    private Answered<ScrapReply> fetch(ScrapRequest request) throws IOException, ExitException {
        engine.fetch(request.wire(), context.now());
        return switch (answered(outcome())) {
            case Outcome.Fetched(var exchange, var content) -> new Answered<>(reply(content), exchange);
            case Outcome other -> throw mixedUp(other);
        };
    }

    private ScrapReply reply(Bytes content) throws ExitException {
        try {
            var reply = ScrapCodec.decode(content);
            if (reply instanceof ScrapFailure(var kind, var text)) {
                throw new ExitException(
                        switch (kind) {
                            case UNAVAILABLE -> ExitCode.UNAVAILABLE;
                            case PROTOCOL -> ExitCode.PROTOCOL;
                        },
                        "the proxy has no list: " + Printable.of(text));
            }
            return reply;
        } catch (MalformedException e) {
            throw new ExitException(ExitCode.PROTOCOL, "the list from " + name() + " is broken " + e.getMessage(), e);
        }
    }

    private Outcome outcome() throws IOException, ExitException {
        while (true) {
            var outcome = engine.outcome();
            if (outcome.isPresent()) {
                return outcome.get();
            }
            sendAll();
            var wait = context.until(engine.deadline());
            peer.receive(wait).ifPresent(this::take);
            engine.tick(context.now());
        }
    }

    private void sendAll() throws IOException, ExitException {
        for (var next = engine.poll(); next.isPresent(); next = engine.poll()) {
            var payload = RudpCodec.encode(next.get());
            context.trace().sent(peer.peer(), PROTOCOL, payload.size(), Narration.of(next.get()));
            peer.send(payload);
        }
    }

    private void take(Bytes payload) {
        var from = peer.peer();
        try {
            var message = RudpCodec.decode(payload);
            var reception = engine.handle(message, context.now());
            switch (reception) {
                case TAKEN -> context.trace().received(from, PROTOCOL, payload.size(), Narration.of(message));
                case STALE, REPEATED, UNEXPECTED ->
                    context.trace().ignored(from, PROTOCOL, payload.size(), Narration.of(message), why(reception));
            }
        } catch (MalformedException e) {
            context.trace().ignored(from, PROTOCOL, payload.size(), "not RUDP", String.valueOf(e.getMessage()));
        }
    }

    private static String why(Reception reception) {
        return switch (reception) {
            case TAKEN -> "nothing wrong with it";
            case STALE -> "nothing of the kind is being asked";
            case REPEATED -> "it is here already";
            case UNEXPECTED -> "no server says that";
        };
    }

    /// The outcome, unless it is that there was no answer.
    private Outcome answered(Outcome outcome) throws ExitException {
        if (outcome instanceof Outcome.GaveUp(var exchange, var reason)) {
            throw failure(exchange, reason);
        }
        return outcome;
    }

    private ExitException failure(Exchange exchange, Outcome.Reason reason) {
        var what = exchange.request().type();
        return switch (reason) {
            case SILENCE -> Silence.of(WHAT, peer.peer(), exchange.sent(), exchange.elapsed());
            case FULL -> unavailable("has no room for " + what + " now (SIGNFULL): try again later");
            case NO_SESSION -> unavailable("has no session for us (SIGNEND), not even after a new SIGNEW");
            case INCOMPLETE -> unavailable("sent only a part of its answer to " + what + ", and then nothing more");
        };
    }

    private ExitException unavailable(String fault) {
        return new ExitException(ExitCode.UNAVAILABLE, WHAT + " at " + name() + " " + fault);
    }

    private String name() {
        return Transport.UDP.describe(peer.peer());
    }

    private static IllegalStateException mixedUp(Outcome outcome) {
        return new IllegalStateException("an answer to another question: " + outcome);
    }

    @Override
    public void close() {
        peer.close();
    }
}

package wirelab.client.shell;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import wirelab.client.engine.DnsQuery;
import wirelab.client.engine.DnsRequest;
import wirelab.client.engine.Pace;
import wirelab.client.engine.Verdict;
import wirelab.client.output.Narration;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsMessage;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// Asks a DNS server one question: over UDP, and over TCP where the answer does not fit. Confined to one thread.
public final class Lookup {
    private static final String PROTOCOL = "dns";

    private final Context context;
    private final Inet4Address source;
    private final InetSocketAddress server;
    private final DnsQuery question;
    private final Instant began;
    private final List<Leg> legs = new ArrayList<>();
    private int octets;
    private int sent;
    private int received;

    /// What came of it.
    ///
    /// @param octets the message's length
    /// @param transport what it came over
    /// @param packets datagrams sent and received; of TCP, messages
    /// @param legs what was done one after the other
    public record Answer(DnsMessage message, int octets, Transport transport, int packets, List<Leg> legs) {
        public Answer {
            legs = List.copyOf(legs);
        }

        /// From the first message sent to the last one received.
        public Duration time() {
            return legs.stream().map(Leg::time).reduce(Duration.ZERO, Duration::plus);
        }
    }

    /// One part of it, and how long it took: `UDP`, `TCP connect`, `TCP`.
    public record Leg(String name, Duration time) {}

    private Lookup(Context context, Inet4Address source, InetSocketAddress server, DnsRequest request) {
        this.context = context;
        this.source = source;
        this.server = server;
        this.began = context.now();
        this.question = new DnsQuery(request, Pace.DNS, context.random(), began);
    }

    /// Asks over UDP first, and waits.
    ///
    /// @param source the address to ask from; 0.0.0.0 for any
    /// @throws ExitException if the server does not answer, or nobody listens there
    public static Answer ask(Context context, Inet4Address source, InetSocketAddress server, DnsRequest request)
            throws IOException, ExitException {
        return ask(context, source, server, request, Transport.UDP);
    }

    /// The same.
    ///
    /// @param first what to ask over at first; an answer that is cut off there is asked for again over TCP
    public static Answer ask(
            Context context, Inet4Address source, InetSocketAddress server, DnsRequest request, Transport first)
            throws IOException, ExitException {
        var lookup = new Lookup(context, source, server, request);
        if (first == Transport.UDP) {
            lookup.overUdp();
            if (!lookup.question.wantsTcp()) {
                return lookup.answer(Transport.UDP);
            }
        }
        lookup.overTcp();
        return lookup.answer(Transport.TCP);
    }

    private Answer answer(Transport transport) throws ExitException {
        return new Answer(question.answer().orElseThrow(this::silence), octets, transport, sent + received, legs);
    }

    private void overUdp() throws IOException, ExitException {
        var giveUp = began.plus(context.timeout());
        try (var peer = UdpPeer.connect(new InetSocketAddress(source, 0), server, "--bind")) {
            var start = context.now();
            while (question.answer().isEmpty() && !question.wantsTcp()) {
                var now = context.now();
                if (!now.isBefore(giveUp)) {
                    throw silence();
                }
                question.tick(now);
                for (var next = question.poll(); next.isPresent(); next = question.poll()) {
                    peer.send(traced(next.get()));
                }
                var alarm = question.deadline().isBefore(giveUp) ? question.deadline() : giveUp;
                peer.receive(context.until(alarm)).ifPresent(payload -> take(payload, false));
            }
            legs.add(new Leg("UDP", context.since(start)));
        }
    }

    private void overTcp() throws IOException, ExitException {
        var start = context.now();
        try (var stream = TcpStream.connect(context, source, server, "a DNS server")) {
            legs.add(new Leg("TCP connect", context.since(start)));
            var connected = context.now();
            var message = traced(question.query());
            stream.write(new WireWriter(message.size() + 2)
                    .u16(message.size())
                    .bytes(message)
                    .toBytes()
                    .toBuffer());
            var length = stream.readFully(2);
            take(Bytes.copyOf(stream.readFully(Short.toUnsignedInt(length.getShort()))), true);
            legs.add(new Leg("TCP", context.since(connected)));
        }
    }

    private Bytes traced(DnsMessage message) {
        var payload = DnsCodec.encode(message);
        context.trace().sent(server, PROTOCOL, payload.size(), Narration.of(message));
        sent++;
        return payload;
    }

    private void take(Bytes payload, boolean tcp) {
        received++;
        try {
            var message = DnsCodec.decode(payload);
            var verdict = tcp ? question.handleOverTcp(message) : question.handle(message);
            switch (verdict) {
                case Verdict.Accepted() -> {
                    octets = payload.size();
                    context.trace().received(server, PROTOCOL, payload.size(), Narration.of(message));
                }
                case Verdict.Ignored(var why) ->
                    context.trace().ignored(server, PROTOCOL, payload.size(), Narration.of(message), why);
            }
        } catch (MalformedException e) {
            context.trace().ignored(server, PROTOCOL, payload.size(), "not DNS", String.valueOf(e.getMessage()));
        }
    }

    private ExitException silence() {
        return Silence.of("a DNS server", server, sent, context.since(began));
    }
}

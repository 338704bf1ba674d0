package wirelab.client.shell;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import wirelab.client.engine.DnsQuery;
import wirelab.client.engine.Pace;
import wirelab.client.engine.Verdict;
import wirelab.client.output.Narration;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.RecordType;
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
    private Instant first;
    private int sent;
    private int received;

    /// What came of it.
    ///
    /// @param transport what the answer came over
    /// @param packets datagrams sent and received; of TCP, messages
    /// @param time from the first message sent to the last one received
    public record Answer(DnsMessage message, Transport transport, int packets, Duration time) {}

    private Lookup(Context context, Inet4Address source, InetSocketAddress server, DnsName name, RecordType type) {
        this.context = context;
        this.source = source;
        this.server = server;
        this.began = context.now();
        this.first = began;
        this.question = new DnsQuery(name, type, Pace.DNS, context.random(), began);
    }

    /// Asks and waits.
    ///
    /// @param source the address to ask from; 0.0.0.0 for any
    /// @throws ExitException if the server does not answer, or nobody listens there
    public static Answer ask(
            Context context, Inet4Address source, InetSocketAddress server, DnsName name, RecordType type)
            throws IOException, ExitException {
        return new Lookup(context, source, server, name, type).run();
    }

    private Answer run() throws IOException, ExitException {
        overUdp();
        var transport = question.wantsTcp() ? Transport.TCP : Transport.UDP;
        if (question.wantsTcp()) {
            overTcp();
        }
        var message = question.answer().orElseThrow(this::silence);
        return new Answer(message, transport, sent + received, context.since(first));
    }

    private void overUdp() throws IOException, ExitException {
        var giveUp = began.plus(context.timeout());
        try (var peer = UdpPeer.connect(new InetSocketAddress(source, 0), server, "--bind")) {
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
        }
    }

    private void overTcp() throws IOException, ExitException {
        try (var stream = TcpStream.connect(context, source, server, "a DNS server")) {
            var message = traced(question.query());
            stream.write(new WireWriter(message.size() + 2)
                    .u16(message.size())
                    .bytes(message)
                    .toBytes()
                    .toBuffer());
            var length = stream.readFully(2);
            take(Bytes.copyOf(stream.readFully(Short.toUnsignedInt(length.getShort()))), true);
        }
    }

    private Bytes traced(DnsMessage message) {
        var payload = DnsCodec.encode(message);
        context.trace().sent(server, PROTOCOL, payload.size(), Narration.of(message));
        first = sent == 0 ? context.now() : first;
        sent++;
        return payload;
    }

    private void take(Bytes payload, boolean tcp) {
        received++;
        try {
            var message = DnsCodec.decode(payload);
            var verdict = tcp ? question.handleOverTcp(message) : question.handle(message);
            switch (verdict) {
                case Verdict.Accepted() ->
                    context.trace().received(server, PROTOCOL, payload.size(), Narration.of(message));
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

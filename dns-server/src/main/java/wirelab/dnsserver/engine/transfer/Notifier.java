package wirelab.dnsserver.engine.transfer;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Question;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.dns.tsig.TsigSession;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Tells secondaries that a zone has changed, until they answer or it is no use. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1996 RFC 1996
public final class Notifier {
    /// Pauses double from here.
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /// After the last one it has been a minute and more (RFC 1996 section 3.6).
    private static final int TRIES = 6;

    private static final int QR_AND_OPCODE = 0xa0;
    private static final int NOTIFY_FLAGS = 0x2400;

    /// A packet to be sent.
    public record Outgoing(InetSocketAddress to, Bytes message) {}

    private record Subject(Neighbour secondary, DnsName zone) {}

    private record Pending(ResourceRecord soa, int id, int tries, Instant next, Optional<TsigSession> session) {}

    private final List<Neighbour> secondaries;
    private final RandomGenerator random;
    private final Map<Subject, Pending> pending = new LinkedHashMap<>();

    public Notifier(List<Neighbour> secondaries, RandomGenerator random) {
        this.secondaries = List.copyOf(secondaries);
        this.random = random;
    }

    /// All secondaries are to know of this version, and of no earlier one any more.
    public void announce(ResourceRecord soa, Instant now) {
        for (var secondary : secondaries) {
            var first = new Pending(soa, random.nextInt(1 << 16), 0, now, Optional.empty());
            pending.put(new Subject(secondary, soa.name()), first);
        }
    }

    /// What is to be sent now.
    public List<Outgoing> tick(Instant now) {
        var out = new ArrayList<Outgoing>();
        pending.values().removeIf(one -> one.tries() == TRIES && !now.isBefore(one.next()));
        pending.replaceAll((subject, one) -> {
            if (now.isBefore(one.next())) {
                return one;
            }
            var session = subject.secondary().key().map(TsigSession::new);
            var message = message(one);
            out.add(new Outgoing(
                    subject.secondary().address(),
                    session.map(signer -> signer.sign(message, now.getEpochSecond()))
                            .orElse(message)));
            var next = now.plus(FIRST_PAUSE.multipliedBy(1L << one.tries()));
            return new Pending(one.soa(), one.id(), one.tries() + 1, next, session);
        });
        return out;
    }

    // The SOA is a hint that spares a query (section 3.7).
    private static Bytes message(Pending one) {
        var question = new Question(one.soa().name(), RecordType.SOA);
        return DnsCodec.encode(new DnsMessage(
                DnsHeader.ofFlags(one.id(), NOTIFY_FLAGS),
                List.of(question),
                List.of(one.soa()),
                List.of(),
                List.of()));
    }

    /// A packet that came: whoever answers, whatever it says, has been told.
    ///
    /// @return the zone, if it was the answer of a secondary
    public Optional<DnsName> handle(InetSocketAddress from, Bytes packet, Instant now) {
        var found = pending.entrySet().stream()
                .filter(one -> one.getKey().secondary().address().equals(from) && isAnswer(one.getValue(), packet, now))
                .findFirst()
                .map(Map.Entry::getKey);
        found.ifPresent(pending::remove);
        return found.map(Subject::zone);
    }

    private static boolean isAnswer(Pending one, Bytes packet, Instant now) {
        try {
            var message = DnsCodec.decode(packet);
            boolean matches =
                    message.header().id() == one.id() && packet.at(2) >>> 3 == QR_AND_OPCODE >>> 3 && one.tries() > 0;
            return matches
                    && one.session()
                            .map(session ->
                                    session.verify(packet, now.getEpochSecond()).isGood())
                            .orElse(true);
        } catch (MalformedException e) {
            return false;
        }
    }

    /// When [#tick] has something to do next; empty if all have been told.
    public Optional<Instant> deadline() {
        return pending.values().stream().map(Pending::next).min(Instant::compareTo);
    }
}

package wirelab.client.engine;

import java.net.Inet4Address;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.random.RandomGenerator;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Opcode;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;

/// One question to a DNS server, asked until it is answered. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-7 RFC 1035
/// @spec https://www.rfc-editor.org/rfc/rfc5452#section-9 RFC 5452
public final class DnsQuery {
    private final DnsMessage query;
    private final Pace pace;
    private final RandomGenerator random;
    private final Queue<DnsMessage> outgoing = new ArrayDeque<>();
    private Instant alarm;
    private int tries;
    private boolean truncated;
    private Optional<DnsMessage> answer = Optional.empty();

    /// A question that is asked at the first [#tick].
    ///
    /// @param random for the message's id, which only who has seen the query can know
    public DnsQuery(DnsRequest request, Pace pace, RandomGenerator random, Instant now) {
        this.query = request.message(random.nextInt(1 << 16));
        this.pace = pace;
        this.random = random;
        this.alarm = now;
    }

    public Optional<DnsMessage> poll() {
        return Optional.ofNullable(outgoing.poll());
    }

    public Instant deadline() {
        return alarm;
    }

    public void tick(Instant now) {
        if (!now.isBefore(alarm)) {
            outgoing.add(query);
            alarm = now.plus(pace.after(++tries, random));
        }
    }

    public DnsMessage query() {
        return query;
    }

    /// Whether the answer was cut off, so that the same question is to be asked over TCP (RFC 7766 section 5).
    public boolean wantsTcp() {
        return truncated && answer.isEmpty();
    }

    public Optional<DnsMessage> answer() {
        return answer;
    }

    /// Takes a message that came back over UDP.
    public Verdict handle(DnsMessage message) {
        return handle(message, message.header().truncated());
    }

    /// Takes a message that came back over TCP, where nothing is cut off.
    public Verdict handleOverTcp(DnsMessage message) {
        return handle(message, false);
    }

    private Verdict handle(DnsMessage message, boolean cutOff) {
        var header = message.header();
        if (!header.response()) {
            return Verdict.ignored("a query");
        }
        if (header.id() != query.header().id()) {
            return Verdict.ignored("another id than ours");
        }
        if (!header.opcode().equals(Opcode.QUERY)) {
            return Verdict.ignored("no answer to a query");
        }
        if (!asksTheSame(message)) {
            return Verdict.ignored("an answer to another question");
        }
        if (cutOff) {
            truncated = true;
        } else {
            answer = Optional.of(message);
        }
        alarm = Instant.MAX;
        return Verdict.accepted();
    }

    /// A server that could not read the question may leave it out of its FORMERR.
    private boolean asksTheSame(DnsMessage message) {
        return message.questions().equals(query.questions())
                || (message.questions().isEmpty() && message.rcode().equals(Rcode.FORMERR));
    }

    /// The addresses in an answer, of the name asked for or of what its CNAMEs lead to.
    public static List<Inet4Address> addresses(DnsMessage answer) {
        var names = new LinkedHashSet<DnsName>();
        answer.questions().stream().map(Question::name).forEach(names::add);
        // Each pass can add one name at least, so a loop of CNAMEs ends as well.
        boolean more = true;
        while (more) {
            more = false;
            for (var one : answer.answers()) {
                if (one.data() instanceof Rdata.Cname(var target) && names.contains(one.name())) {
                    more |= names.add(target);
                }
            }
        }
        return answer.answers().stream()
                .filter(one -> names.contains(one.name()))
                .map(one -> one.data() instanceof Rdata.A(var address)
                        ? Optional.of(address)
                        : Optional.<Inet4Address>empty())
                .flatMap(Optional::stream)
                .toList();
    }
}

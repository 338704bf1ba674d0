package wirelab.dnsserver.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Opcode;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;
import wirelab.dns.ResourceRecord;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Telling secondaries, in a time of its own.
class NotifierTest {
    private static final DnsName ZONE = DnsName.of("example.com");
    private static final InetSocketAddress SECONDARY = new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.2"), 53);
    private static final InetSocketAddress STRANGER = new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.3"), 53);

    private final Notifier notifier = new Notifier(List.of(new Neighbour(SECONDARY, Optional.empty())), new Random(1));
    private Instant now = Instant.EPOCH;

    private static ResourceRecord soa(long serial) {
        var data = new Rdata.Soa(DnsName.of("ns.example"), DnsName.of("who.example"), serial, 1, 1, 1, 1);
        return new ResourceRecord(ZONE, 60, data);
    }

    private static DnsMessage decoded(Bytes message) {
        try {
            return DnsCodec.decode(message);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes answer(Bytes message) {
        var asked = decoded(message);
        return DnsCodec.encode(new DnsMessage(
                asked.header().reply(true, Rcode.NOERROR), asked.questions(), List.of(), List.of(), List.of()));
    }

    @Test
    void theMessageNamesTheZoneAndItsVersion() {
        notifier.announce(soa(7), now);
        var sent = notifier.tick(now).getFirst();
        assertThat(sent.to()).isEqualTo(SECONDARY);
        var message = decoded(sent.message());
        assertThat(message.header().opcode()).isEqualTo(Opcode.NOTIFY);
        assertThat(message.header().authoritative()).isTrue();
        assertThat(message.questions().getFirst().name()).isEqualTo(ZONE);
        assertThat(message.answers()).containsExactly(soa(7));
    }

    @Test
    void whoDoesNotAnswerIsToldAgainSixTimesInAMinute() {
        notifier.announce(soa(1), now);
        var times = new ArrayList<Long>();
        for (var next = notifier.deadline(); next.isPresent(); next = notifier.deadline()) {
            now = next.get();
            notifier.tick(now).forEach(_ -> times.add(now.getEpochSecond()));
        }
        assertThat(times).containsExactly(0L, 1L, 3L, 7L, 15L, 31L);
        assertThat(Duration.between(Instant.EPOCH, now)).isEqualTo(Duration.ofSeconds(63));
    }

    @Test
    void whoAnswersIsNotToldAgain() {
        notifier.announce(soa(1), now);
        var sent = notifier.tick(now).getFirst();
        assertThat(notifier.handle(STRANGER, answer(sent.message()), now)).isEmpty();
        assertThat(notifier.handle(SECONDARY, sent.message(), now)).isEmpty();
        assertThat(notifier.handle(SECONDARY, Bytes.of(1, 2, 3), now)).isEmpty();
        assertThat(notifier.deadline()).isPresent();
        assertThat(notifier.handle(SECONDARY, answer(sent.message()), now)).contains(ZONE);
        assertThat(notifier.deadline()).isEmpty();
    }

    @Test
    void aNewerVersionTakesTheOldOnesPlace() {
        notifier.announce(soa(1), now);
        var old = notifier.tick(now).getFirst();
        notifier.announce(soa(2), now);
        assertThat(notifier.handle(SECONDARY, answer(old.message()), now)).isEmpty();
        assertThat(decoded(notifier.tick(now).getFirst().message()).answers()).containsExactly(soa(2));
    }
}

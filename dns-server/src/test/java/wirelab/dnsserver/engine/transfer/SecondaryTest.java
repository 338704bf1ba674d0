package wirelab.dnsserver.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dnsserver.engine.transfer.Secondary.Step;

/// A copy's life, in a time of its own.
class SecondaryTest {
    private static final Instant START = Instant.ofEpochSecond(1_000_000);
    private static final int REFRESH = 3600;
    private static final int RETRY = 600;
    private static final int EXPIRE = 86_400;

    private final Secondary secondary = new Secondary();
    private Instant now = START;

    private static Rdata.Soa soa(long serial) {
        return new Rdata.Soa(DnsName.of("ns.example"), DnsName.of("who.example"), serial, REFRESH, RETRY, EXPIRE, 60);
    }

    private static Step whole() {
        return new Step.Transfer(OptionalLong.empty());
    }

    private static Step changesSince(long serial) {
        return new Step.Transfer(OptionalLong.of(serial));
    }

    private void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void withNothingItTakesTheWholeZone() {
        assertThat(secondary.isExpired(now)).isTrue();
        assertThat(secondary.next(now)).isEqualTo(whole());
        secondary.received(soa(1), now);
        assertThat(secondary.isExpired(now)).isFalse();
        assertThat(secondary.next(now)).isEqualTo(new Step.Rest(now.plusSeconds(REFRESH)));
    }

    @Test
    void withoutAnSoaItTriesAgainLessAndLessOften() {
        var pauses = new ArrayList<Long>();
        for (int i = 0; i < 12; i++) {
            assertThat(secondary.next(now)).isEqualTo(whole());
            secondary.failed(now);
            var rest = (Step.Rest) secondary.next(now);
            pauses.add(Duration.between(now, rest.until()).toSeconds());
            now = rest.until();
        }
        assertThat(pauses).containsExactly(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 600L, 600L, 600L);
    }

    @Test
    void afterRefreshItAsksForTheSerialAndTakesWhatHasChanged() {
        secondary.received(soa(1), now);
        pass(REFRESH);
        assertThat(secondary.next(now)).isEqualTo(new Step.AskSerial());
        secondary.primaryHas(1, now);
        assertThat(secondary.next(now)).isEqualTo(new Step.Rest(now.plusSeconds(REFRESH)));
        pass(REFRESH);
        secondary.primaryHas(2, now);
        assertThat(secondary.next(now)).isEqualTo(changesSince(1));
    }

    @Test
    void ifTheChangesCannotBeHadTheWholeZoneIsTaken() {
        secondary.received(soa(1), now);
        secondary.notified();
        secondary.primaryHas(2, now);
        assertThat(secondary.next(now)).isEqualTo(changesSince(1));
        secondary.failed(now);
        assertThat(secondary.next(now)).isEqualTo(whole());
        secondary.failed(now);
        assertThat(secondary.next(now)).isEqualTo(new Step.Rest(now.plusSeconds(RETRY)));
        pass(RETRY);
        assertThat(secondary.next(now)).isEqualTo(new Step.AskSerial());
    }

    @Test
    void anOlderSerialIsNoNews() {
        secondary.received(soa(5), now);
        secondary.notified();
        secondary.primaryHas(4, now);
        assertThat(secondary.next(now)).isInstanceOf(Step.Rest.class);
        // In the arithmetic of RFC 1982, 0 comes after 2^32 - 1.
        secondary.received(soa(0xffff_ffffL), now);
        secondary.notified();
        secondary.primaryHas(0, now);
        assertThat(secondary.next(now)).isEqualTo(changesSince(0xffff_ffffL));
    }

    @Test
    void notifyIsAsIfTheTimeToLookHadCome() {
        secondary.received(soa(1), now);
        pass(1);
        secondary.notified();
        assertThat(secondary.next(now)).isEqualTo(new Step.AskSerial());
    }

    @Test
    void itExpiresWhenThePrimaryIsSilentForTooLong() {
        secondary.received(soa(1), now);
        var end = now.plusSeconds(EXPIRE);
        while (now.isBefore(end)) {
            assertThat(secondary.isExpired(now)).isFalse();
            switch (secondary.next(now)) {
                case Step.Rest(var until) -> now = until;
                default -> secondary.failed(now);
            }
        }
        assertThat(now).isEqualTo(end); // it wakes at the very second
        assertThat(secondary.isExpired(now)).isTrue();
        secondary.notified();
        secondary.primaryHas(1, now);
        assertThat(secondary.isExpired(now)).isFalse();
    }

    @Test
    void whatIsRestoredIsLookedAtAtOnceAndIsAsOldAsItIs() {
        secondary.restored(soa(7), now.minusSeconds(EXPIRE - 10));
        assertThat(secondary.isExpired(now)).isFalse();
        assertThat(secondary.next(now)).isEqualTo(new Step.AskSerial());
        secondary.failed(now);
        assertThat(secondary.next(now)).isEqualTo(new Step.Rest(now.plusSeconds(10)));
        pass(10);
        assertThat(secondary.isExpired(now)).isTrue();
    }

    @Test
    void timersOfZeroDoNotMakeItAskWithoutEnd() {
        var hasty = new Rdata.Soa(DnsName.of("ns.example"), DnsName.of("who.example"), 1, 0, 0, EXPIRE, 60);
        secondary.received(hasty, now);
        assertThat(secondary.next(now)).isEqualTo(new Step.Rest(now.plusSeconds(1)));
    }
}

package wirelab.dnsserver.engine.transfer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import wirelab.dns.Rdata;
import wirelab.dnsserver.engine.zone.Difference;

/// When a copy of a zone is renewed, and when it is too old: the timers of its SOA. Confined to one thread.
///
/// | state | what is there | next |
/// |---|---|---|
/// | EMPTY | no zone | ask for the whole of it |
/// | RESTING | a zone, and time | nothing, until it is to be looked at again |
/// | ASKING | a zone, perhaps an old one | ask for the primary's SOA |
/// | OUTDATED | the primary has a newer one | ask for the changes |
/// | BROKEN | the changes could not be had | ask for the whole zone |
///
/// @spec https://www.rfc-editor.org/rfc/rfc1034#section-4.3.5 RFC 1034
/// @spec https://www.rfc-editor.org/rfc/rfc1996#section-3.11 RFC 1996
public final class Secondary {
    /// What is to be done now.
    public sealed interface Step {
        /// Ask the primary for its SOA, and report by [#primaryHas] or [#failed].
        record AskSerial() implements Step {}

        /// Take the zone, and report by [#received] or [#failed].
        ///
        /// @param since the version to which changes will do; empty if the whole zone is wanted
        record Transfer(OptionalLong since) implements Step {}

        /// Nothing before then, unless [#notified].
        record Rest(Instant until) implements Step {}
    }

    private enum State {
        EMPTY,
        RESTING,
        ASKING,
        OUTDATED,
        BROKEN
    }

    /// However short an SOA's timers are, nobody is asked more often.
    private static final Duration LEAST = Duration.ofSeconds(1);

    /// From one try to the next without an SOA that says so; twice as long each time.
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private State state = State.EMPTY;
    private Optional<Rdata.Soa> soa = Optional.empty();
    private Instant wake = Instant.MIN;
    private Instant expiry = Instant.MAX;
    private Duration pause = FIRST_PAUSE;

    /// A zone that is there from earlier, last known to be good at `checked`; it is looked at again at once.
    public void restored(Rdata.Soa stored, Instant checked) {
        soa = Optional.of(stored);
        expiry = checked.plusSeconds(stored.expire());
        wake = Instant.MIN;
        state = State.ASKING;
    }

    /// The primary says that something has changed: as if the time to look had come.
    public void notified() {
        if (state == State.RESTING) {
            state = State.ASKING;
        }
        wake = Instant.MIN;
    }

    /// What to do now.
    public Step next(Instant now) {
        if (now.isBefore(wake)) {
            return new Step.Rest(wake.isBefore(expiry) || !now.isBefore(expiry) ? wake : expiry);
        }
        return switch (state) {
            case EMPTY, BROKEN -> new Step.Transfer(OptionalLong.empty());
            case RESTING, ASKING -> new Step.AskSerial();
            case OUTDATED ->
                new Step.Transfer(soa.map(one -> OptionalLong.of(one.serial())).orElse(OptionalLong.empty()));
        };
    }

    /// The primary's SOA has this serial.
    public void primaryHas(long serial, Instant now) {
        if (soa.isPresent() && !Difference.isLater(serial, soa.get().serial())) {
            good(soa.get(), now);
        } else {
            state = State.OUTDATED;
        }
    }

    /// The zone has come, or its primary has said that ours is the newest.
    public void received(Rdata.Soa current, Instant now) {
        good(current, now);
    }

    private void good(Rdata.Soa current, Instant now) {
        soa = Optional.of(current);
        expiry = now.plusSeconds(current.expire());
        wake = now.plus(atLeast(current.refresh()));
        pause = FIRST_PAUSE;
        state = State.RESTING;
    }

    /// The primary did not answer, or nothing of use.
    public void failed(Instant now) {
        switch (state) {
            case OUTDATED -> state = State.BROKEN;
            case RESTING, ASKING, BROKEN -> {
                wake = now.plus(soa.map(one -> atLeast(one.retry())).orElse(FIRST_PAUSE));
                state = State.ASKING;
            }
            case EMPTY -> {
                wake = now.plus(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private static Duration atLeast(long seconds) {
        var time = Duration.ofSeconds(seconds);
        return time.compareTo(LEAST) < 0 ? LEAST : time;
    }

    /// Whether the zone that is there is too old to be served, or none is there.
    public boolean isExpired(Instant now) {
        return soa.isEmpty() || !now.isBefore(expiry);
    }
}

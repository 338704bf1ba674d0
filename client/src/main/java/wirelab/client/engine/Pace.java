package wirelab.client.engine;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait for an answer before a message is sent again: twice as long each time. Immutable.
///
/// RFC 2131 section 4.1 suggests 4 seconds, doubled up to 64, each moved at random by up to one second either way. On a
/// loopback network an answer takes less than a millisecond, so the lab's client begins at one second and keeps the
/// proportions: one second, two, four … each moved by up to a quarter of a second.
///
/// @param first the wait after the first message
/// @param longest where the doubling ends
/// @param jitter how far a wait is moved at random, either way
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.1 RFC 2131
public record Pace(Duration first, Duration longest, Duration jitter) {
    /// As section 4.1 suggests, for who keeps a lease for hours on whatever network.
    public static final Pace RFC2131 = new Pace(Duration.ofSeconds(4), Duration.ofSeconds(64), Duration.ofSeconds(1));

    public static final Pace DHCP = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(64), Duration.ofMillis(250));

    /// A stub resolver's: RFC 1035 section 4.2.1 wants no less than two to five seconds of the open Internet; see above
    /// for why this begins at one.
    public static final Pace DNS = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ZERO);

    public Pace {
        if (!first.isPositive() || longest.compareTo(first) < 0 || jitter.compareTo(first) >= 0) {
            throw new IllegalArgumentException("0 < first <= longest and jitter < first: " + first + " " + longest);
        }
    }

    /// The wait after the message was sent for the `tries`th time, counted from 1.
    public Duration after(int tries, RandomGenerator random) {
        var wait = first;
        for (int i = 1; i < tries && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        wait = wait.compareTo(longest) > 0 ? longest : wait;
        long most = jitter.toNanos();
        return most == 0 ? wait : wait.plusNanos(random.nextLong(-most, most + 1));
    }
}

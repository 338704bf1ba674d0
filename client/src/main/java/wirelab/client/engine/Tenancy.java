package wirelab.client.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpOption;

/// A lease, and the times by which it must be renewed. Immutable.
///
/// @param t1 when to ask the server for more time; [Instant#MAX] for a lease for ever, as the two after it
/// @param t2 when to ask any server
/// @param expiry when the address may be used no more
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.4.5 RFC 2131
public record Tenancy(Lease lease, Instant t1, Instant t2, Instant expiry) {
    /// What an ACK of `server` says.
    ///
    /// @param asked when the REQUEST left that it answers
    static Tenancy of(DhcpMessage ack, Inet4Address server, Instant asked) {
        var lease = Lease.of(ack, server);
        if (lease.time().compareTo(DhcpOption.LeaseTime.FOR_EVER) >= 0) { // section 3.3
            return new Tenancy(lease, Instant.MAX, Instant.MAX, Instant.MAX);
        }
        var t1 = ack.option(DhcpOption.RenewalTime.class)
                .map(DhcpOption.RenewalTime::time)
                .orElse(lease.time().dividedBy(2));
        var t2 = ack.option(DhcpOption.RebindingTime.class)
                .map(DhcpOption.RebindingTime::time)
                .orElse(lease.time().multipliedBy(7).dividedBy(8));
        // Section 4.4.5: T1 must be before T2, and T2 before the end. A server that says otherwise is not heard.
        boolean sane = t1.isPositive() && t1.compareTo(t2) < 0 && t2.compareTo(lease.time()) < 0;
        return new Tenancy(
                lease,
                asked.plus(sane ? t1 : lease.time().dividedBy(2)),
                asked.plus(sane ? t2 : lease.time().multipliedBy(7).dividedBy(8)),
                asked.plus(lease.time()));
    }

    /// How long it is still good; nothing once it has expired.
    public Duration left(Instant now) {
        if (expiry.equals(Instant.MAX)) {
            return DhcpOption.LeaseTime.FOR_EVER;
        }
        return now.isBefore(expiry) ? Duration.between(now, expiry) : Duration.ZERO;
    }
}

package wirelab.rudp.transport;

import java.time.Duration;

/// How long an end waits for the other one: at first, and when it falls silent. Confined to one thread.
///
/// Instants are nanoseconds; `Long.MAX_VALUE` is never.
final class Timeouts {
    private final TransportConfig config;
    private final long started;
    private long idle;
    private long heardAt;
    private boolean spokeSince;

    Timeouts(TransportConfig config, long now) {
        this.config = config;
        this.started = now;
        this.heardAt = now;
        this.idle = config.idleTimeout().toNanos();
    }

    /// The other end's idle time-out; the shorter one of both counts.
    void peerIdle(long millis) {
        idle = Math.min(config.idleTimeout().toNanos(), millis * 1_000_000);
    }

    /// A packet came.
    void heard(long now) {
        heardAt = now;
        spokeSince = false;
    }

    /// A packet leaves.
    void spoke(long now) {
        if (!spokeSince) {
            // RFC 9000 section 10.1: the first packet after one that came in starts the wait anew.
            spokeSince = true;
            heardAt = now;
        }
    }

    /// When an end that has not answered at all is given up.
    long handshakeEnd(ConnectionState state) {
        return state == ConnectionState.OPENING || state == ConnectionState.ACCEPTING
                ? started + config.handshakeTimeout().toNanos()
                : Long.MAX_VALUE;
    }

    /// When one that has fallen silent is.
    long idleEnd() {
        return heardAt + idle;
    }

    Duration idle() {
        return Duration.ofNanos(idle);
    }

    /// When a PING is due, so that the other end does not give up this one.
    long keepAliveAt(ConnectionState state) {
        return config.keepAlive().isZero() || state != ConnectionState.ESTABLISHED
                ? Long.MAX_VALUE
                : heardAt + config.keepAlive().toNanos();
    }
}

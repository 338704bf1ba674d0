package wirelab.client.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import wirelab.daemon.ImpairedUdpSocket;
import wirelab.daemon.UdpSocket;
import wirelab.sim.impair.Datagram;
import wirelab.sim.impair.Impairer;

/// What every step needs from the world. Confined to one thread, as its trace is.
///
/// @param clock never jumps
/// @param random not to be guessed: ids come from it
/// @param timeout how long a step waits for its peer in all, however often it asks
/// @param limit when a transfer is broken off; [Instant#MAX] for never
/// @param impairer makes the network bad that RUDP is spoken on, if it is to be
public record Context(
        InstantSource clock,
        RandomGenerator random,
        Trace trace,
        Duration timeout,
        Instant limit,
        Optional<Impairer<Datagram>> impairer) {
    /// On the network as it is.
    public Context(InstantSource clock, RandomGenerator random, Trace trace, Duration timeout) {
        this(clock, random, trace, timeout, Instant.MAX, Optional.empty());
    }

    /// The same on a bad network.
    public Context through(Impairer<Datagram> bad) {
        return new Context(clock, random, trace, timeout, limit, Optional.of(bad));
    }

    /// The same with so much time for a transfer from now on, and no peer given up before that.
    public Context within(Duration time) {
        return new Context(clock, random, trace, time, now().plus(time), impairer);
    }

    public Instant now() {
        return clock.instant();
    }

    /// Time since `start`.
    public Duration since(Instant start) {
        return Duration.between(start, now());
    }

    /// Time up to `deadline`; less than nothing once that has passed.
    public Duration until(Instant deadline) {
        return Duration.between(now(), deadline);
    }

    /// How long to wait for something, at most `most`.
    ///
    /// @throws TimeUpException if the limit has passed
    Duration waiting(Duration most) throws TimeUpException {
        if (limit.equals(Instant.MAX)) {
            return most;
        }
        var left = until(limit);
        if (!left.isPositive()) {
            throw new TimeUpException();
        }
        return left.compareTo(most) < 0 ? left : most;
    }

    /// The socket with this network before it.
    UdpSocket impaired(UdpSocket socket) {
        return impairer.map(bad -> ImpairedUdpSocket.around(socket, bad, clock)).orElse(socket);
    }
}

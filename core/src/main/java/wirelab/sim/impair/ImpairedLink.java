package wirelab.sim.impair;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import wirelab.sim.Deed;
import wirelab.sim.SimulatedLink;
import wirelab.wire.Bytes;

/// One direction of a socket's way through a bad network. Confined to one thread.
public final class ImpairedLink {
    /// Octets of IPv4's and UDP's headers, which use the bottleneck's time too.
    private static final int HEADERS = 28;

    /// Octets that may be under way: more than 100 Mbit/s put into five seconds.
    private static final long ROOM = 64L << 20;

    /// What a datagram under way needs beside its octets.
    private static final int KEEPING = 200;

    private final Direction direction;
    private final Rulebook rules;
    private final Impairer impairer;
    private final SimulatedLink<Datagram> link;
    private long underWay;

    ImpairedLink(Direction direction, Impairer.Side side, Impairer impairer) {
        this.direction = direction;
        this.rules = side.rules();
        this.impairer = impairer;
        this.link = new SimulatedLink<>(
                side.settings().impairment(),
                side.settings().bottleneck(),
                datagram -> datagram.payload().size() + HEADERS,
                side.random(),
                datagram -> corrupt(datagram, side.random()));
    }

    /// A datagram sets out.
    public void send(Datagram datagram, Instant now) {
        impairer.came(direction);
        var name = impairer.name(datagram);
        var hit = rules.strike(name.type());
        for (var rule : hit) {
            impairer.did(new ImpairmentEvent(direction, rule.deed(), name, Optional.of(rule)));
        }
        if (underWay > ROOM) {
            impairer.did(new ImpairmentEvent(direction, Deed.OVERFLOW, name, Optional.empty()));
            return;
        }
        int before = link.inFlight();
        for (var deed : link.send(datagram, now, Rulebook.ruling(hit))) {
            impairer.did(new ImpairmentEvent(direction, deed, name, Optional.empty()));
        }
        underWay += (link.inFlight() - before) * cost(datagram);
    }

    /// The next datagram that is there by `now`.
    public Optional<Datagram> poll(Instant now) {
        var next = link.poll(now);
        next.ifPresent(datagram -> underWay -= cost(datagram));
        return next;
    }

    /// When the next datagram is there; [Instant#MAX] if none is under way.
    public Instant deadline() {
        return link.deadline();
    }

    private static long cost(Datagram datagram) {
        return (long) datagram.payload().size() + KEEPING;
    }

    /// Turns one bit over, as netem does.
    private static Datagram corrupt(Datagram datagram, RandomGenerator random) {
        var octets = datagram.payload().toArray();
        if (octets.length > 0) {
            int bit = random.nextInt(octets.length * 8);
            octets[bit / 8] ^= (byte) (1 << bit % 8);
        }
        return new Datagram(Bytes.copyOf(octets), datagram.peer());
    }
}

package wirelab.sim.impair;

import java.time.Instant;
import java.util.Optional;
import wirelab.sim.Deed;
import wirelab.sim.SimulatedLink;

/// One direction of a way through a bad network. Confined to one thread.
///
/// @param <P> a packet
public final class ImpairedLink<P> {
    /// Octets that may be under way: more than 100 Mbit/s put into five seconds.
    private static final long ROOM = 64L << 20;

    /// What a packet under way needs beside its octets.
    private static final int KEEPING = 200;

    private final Direction direction;
    private final Rulebook rules;
    private final Impairer<P> impairer;
    private final Cargo<P> cargo;
    private final SimulatedLink<P> link;
    private long underWay;

    ImpairedLink(Direction direction, Impairer.Side side, Impairer<P> impairer, Cargo<P> cargo) {
        this.direction = direction;
        this.rules = side.rules();
        this.impairer = impairer;
        this.cargo = cargo;
        this.link = new SimulatedLink<>(
                side.settings().impairment(),
                side.settings().bottleneck(),
                cargo::octets,
                side.random(),
                packet -> cargo.corrupted(packet, side.random()));
    }

    /// A packet sets out.
    public void send(P packet, Instant now) {
        impairer.came(direction);
        var name = cargo.name(packet);
        var hit = rules.strike(name.type());
        for (var rule : hit) {
            impairer.did(new ImpairmentEvent(direction, rule.deed(), name, Optional.of(rule)));
        }
        if (underWay > ROOM) {
            impairer.did(new ImpairmentEvent(direction, Deed.OVERFLOW, name, Optional.empty()));
            return;
        }
        int before = link.inFlight();
        for (var deed : link.send(packet, now, Rulebook.ruling(hit))) {
            impairer.did(new ImpairmentEvent(direction, deed, name, Optional.empty()));
        }
        underWay += (link.inFlight() - before) * cost(packet);
    }

    /// The next packet that is there by `now`.
    public Optional<P> poll(Instant now) {
        var next = link.poll(now);
        next.ifPresent(packet -> underWay -= cost(packet));
        return next;
    }

    /// When the next packet is there; [Instant#MAX] if none is under way.
    public Instant deadline() {
        return link.deadline();
    }

    private long cost(P packet) {
        return (long) cargo.octets(packet) + KEEPING;
    }
}

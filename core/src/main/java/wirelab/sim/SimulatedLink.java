package wirelab.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// One direction of a path that does to packets what its [Impairment] says. Confined to one thread.
///
/// The same random generator, fed the same packets at the same times, does the same: a seed is enough to see a failure
/// again. It knows no clock; who uses it asks for what has arrived by now.
///
/// @param <P> a packet, whatever that is: only the corrupter looks into it
public final class SimulatedLink<P> {
    private record Flight<P>(P packet, Instant arrival, long number) {}

    private final Impairment impairment;
    private final RandomGenerator random;
    private final UnaryOperator<P> corrupter;
    private final PriorityQueue<Flight<P>> inFlight = new PriorityQueue<>(
            Comparator.<Flight<P>, Instant>comparing(Flight::arrival).thenComparingLong(Flight::number));
    private final Bottleneck bottleneck;
    private final ToIntFunction<P> size;
    /// When those leave the bottleneck that are in it.
    private final Queue<Instant> queue = new ArrayDeque<>();
    private Instant lastInOrder = Instant.MIN;
    private Instant free = Instant.MIN;
    private long dropped;
    private long flights;

    /// Lays the link.
    ///
    /// @param corrupter what corruption does to a packet
    public SimulatedLink(Impairment impairment, RandomGenerator random, UnaryOperator<P> corrupter) {
        this(impairment, Bottleneck.NONE, _ -> 0, random, corrupter);
    }

    /// Lays the link, with a bottleneck at its beginning: what is lost by chance is lost behind it, as on a radio, and
    /// has
    /// used its time there.
    ///
    /// @param size a packet's octets
    public SimulatedLink(
            Impairment impairment,
            Bottleneck bottleneck,
            ToIntFunction<P> size,
            RandomGenerator random,
            UnaryOperator<P> corrupter) {
        this.impairment = impairment;
        this.bottleneck = bottleneck;
        this.size = size;
        this.random = random;
        this.corrupter = corrupter;
    }

    /// A link whose packets are never corrupted, as UDP's checksum would drop those.
    public SimulatedLink(Impairment impairment, RandomGenerator random) {
        this(impairment.withCorruption(0), random, UnaryOperator.identity());
    }

    /// A packet sets out.
    public void send(P packet, Instant now) {
        var _ = send(packet, now, Ruling.NONE);
    }

    /// A packet sets out, of which something is known before.
    ///
    /// @return what was done to it beside the ruling: by chance, or because the queue is full
    public Set<Deed> send(P packet, Instant now, Ruling ruling) {
        var done = EnumSet.noneOf(Deed.class);
        if (ruling.says(Deed.DROP)) {
            return done;
        }
        var leaves = now;
        if (!bottleneck.isNone()) {
            while (!queue.isEmpty() && !queue.element().isAfter(now)) {
                queue.remove();
            }
            if (queue.size() >= bottleneck.queue()) {
                dropped++;
                done.add(Deed.OVERFLOW);
                return done;
            }
            leaves = (free.isAfter(now) ? free : now).plusNanos(bottleneck.nanos(size.applyAsInt(packet)));
            free = leaves;
            queue.add(leaves);
        }
        if (happens(impairment.loss())) {
            done.add(Deed.DROP);
            return done;
        }
        var sent = ruling.says(Deed.CORRUPT) ? corrupter.apply(packet) : packet;
        fly(sent, leaves, ruling.delay(), done);
        boolean twice = happens(impairment.duplication());
        if (twice) {
            done.add(Deed.DUPLICATE);
        }
        if (twice || ruling.says(Deed.DUPLICATE)) {
            fly(sent, leaves, ruling.delay(), done);
        }
        return done;
    }

    /// How many packets found the queue full.
    public long dropped() {
        return dropped;
    }

    /// How many packets are under way, copies included.
    public int inFlight() {
        return inFlight.size();
    }

    /// The next packet that has arrived by `now`.
    public Optional<P> poll(Instant now) {
        return deadline().isAfter(now) || inFlight.isEmpty()
                ? Optional.empty()
                : Optional.of(inFlight.remove().packet());
    }

    /// When the next packet arrives; [Instant#MAX] if none is under way.
    public Instant deadline() {
        return inFlight.isEmpty() ? Instant.MAX : inFlight.element().arrival();
    }

    private void fly(P packet, Instant leaves, Duration ruled, Set<Deed> done) {
        var arrival = leaves.plus(impairment.latency()).plus(upTo(impairment.jitter()));
        if (arrival.isBefore(lastInOrder)) {
            arrival = lastInOrder;
        }
        boolean overtaken = happens(impairment.reordering());
        if (overtaken) {
            done.add(Deed.REORDER);
        }
        if (overtaken || ruled.isPositive()) {
            // Held back, without holding back those behind it.
            arrival = arrival.plus(ruled).plus(overtaken ? upTo(impairment.holdBack()) : Duration.ZERO);
        } else {
            lastInOrder = arrival;
        }
        boolean damaged = happens(impairment.corruption());
        if (damaged) {
            done.add(Deed.CORRUPT);
        }
        flights++;
        inFlight.add(new Flight<>(damaged ? corrupter.apply(packet) : packet, arrival, flights));
    }

    private boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    private Duration upTo(Duration most) {
        return most.isZero() ? Duration.ZERO : Duration.ofNanos(random.nextLong(most.toNanos() + 1));
    }
}

package wirelab.rudp;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import wirelab.rudp.RudpServer.Decision;
import wirelab.rudp.RudpServer.Ticket;
import wirelab.sim.Impairment;
import wirelab.sim.SimulatedLink;
import wirelab.sim.VirtualClock;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// A client and a server with a link in each direction, and a scrap server that takes its time. All of it is decided
/// by the seed, and the clock jumps from event to event. Confined to one thread.
final class SimulatedConversation {
    static final Instant START = Instant.ofEpochSecond(1_682_672_342);
    private static final InetSocketAddress CLIENT = new InetSocketAddress(Inet4Address.ofLiteral("10.20.30.51"), 49152);
    private static final RudpServer.Limits LIMITS = new RudpServer.Limits(Duration.ofMinutes(5), 10, 10, 4);
    private static final Duration SLOWEST_SCRAP = Duration.ofMillis(300);

    private record Answered(Instant at, Ticket ticket, RudpServer server) {}

    final RudpClient client;
    final Map<Ticket, Integer> fetches = new HashMap<>();
    final List<Outcome> outcomes = new ArrayList<>();
    private final VirtualClock clock = new VirtualClock(START);
    private final SimulatedLink<Bytes> toServer;
    private final SimulatedLink<Bytes> toClient;
    private final RandomGenerator random;
    private final Content content;
    private final PriorityQueue<Answered> scrap =
            new PriorityQueue<>((left, right) -> left.at().compareTo(right.at()));
    private final Deque<String> transcript = new ArrayDeque<>();
    private RudpServer server = new RudpServer(LIMITS);

    SimulatedConversation(RetryPolicy policy, Impairment impairment, Content content, RandomGenerator random) {
        this.client = new RudpClient(policy);
        this.toServer = new SimulatedLink<>(impairment, random);
        this.toClient = new SimulatedLink<>(impairment, random);
        this.content = content;
        this.random = random;
    }

    Instant now() {
        return clock.instant();
    }

    /// The server dies, and another one takes its place.
    void restartTheServer() {
        note("--", "the server is started anew");
        server = new RudpServer(LIMITS);
    }

    /// Goes on until there are so many outcomes, or nothing can happen any more.
    void runUntil(int count) throws MalformedException {
        flush();
        while (outcomes.size() < count && step()) {
            flush();
        }
    }

    /// The last of what was said.
    String transcript() {
        return transcript.stream().collect(Collectors.joining("\n", "\n", "\n"));
    }

    private boolean step() throws MalformedException {
        var next = earliest(client.deadline(), server.deadline(), toServer.deadline(), toClient.deadline());
        if (!scrap.isEmpty()) {
            next = earliest(next, scrap.element().at());
        }
        if (next.equals(Instant.MAX)) {
            return false;
        }
        clock.advanceTo(next);
        for (var packet = toServer.poll(now()); packet.isPresent(); packet = toServer.poll(now())) {
            follow(server.handle(RudpCodec.decode(packet.get().toBuffer()), CLIENT, now()));
        }
        for (var packet = toClient.poll(now()); packet.isPresent(); packet = toClient.poll(now())) {
            var message = RudpCodec.decode(packet.get().toBuffer());
            note("  ->", message + " " + client.handle(message, now()));
        }
        while (!scrap.isEmpty() && !scrap.element().at().isAfter(now())) {
            var answered = scrap.remove();
            if (answered.server() == server) {
                follow(server.complete(answered.ticket(), content));
            }
        }
        client.tick(now());
        server.tick(now());
        return true;
    }

    private void flush() {
        for (var message = client.poll(); message.isPresent(); message = client.poll()) {
            note(">", message.get().toString());
            toServer.send(RudpCodec.encode(message.get()), now());
        }
        for (var outcome = client.outcome(); outcome.isPresent(); outcome = client.outcome()) {
            outcomes.add(outcome.get());
        }
    }

    private void follow(Decision decision) {
        switch (decision) {
            case Decision.Answer(var messages, var _) ->
                messages.forEach(message -> {
                    note("    <", message.toString());
                    toClient.send(RudpCodec.encode(message), now());
                });
            case Decision.Fetch(var ticket, var _) -> {
                fetches.merge(ticket, 1, Integer::sum);
                long pause = random.nextLong(SLOWEST_SCRAP.toNanos());
                scrap.add(new Answered(now().plusNanos(pause), ticket, server));
            }
            case Decision.Silence(var why) -> note("    -", why.toString());
        }
    }

    private void note(String mark, String what) {
        long millis = Duration.between(START, now()).toMillis();
        transcript.add("%7d ms %s %s".formatted(millis, mark, what.substring(0, Math.min(120, what.length()))));
        if (transcript.size() > 60) {
            transcript.remove();
        }
    }

    private static Instant earliest(Instant... instants) {
        return List.of(instants).stream().min(Instant::compareTo).orElse(Instant.MAX);
    }
}

package wirelab.rudp.transport;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import wirelab.wire.Bytes;

/// What a server says to datagrams that belong to no connection. Confined to one thread.
///
/// None is longer than what it answers, and where too many wait, no more are given.
final class Refusals {
    /// Answers that wait, at most.
    private static final int MOST = 256;

    /// One that waits.
    record Refusal(Bytes datagram, InetSocketAddress to) {}

    private final Queue<Refusal> waiting = new ArrayDeque<>();

    /// There is no connection with this id.
    void reset(long id, InetSocketAddress to) {
        add(new Packet(PacketType.RESET, 0, id, List.of()), to);
    }

    /// The client must first show that it gets this token.
    void retry(long clientId, Bytes token, InetSocketAddress to) {
        add(new Packet(PacketType.RETRY, 0, clientId, List.of(new Frame.Token(token))), to);
    }

    /// There is no room for another connection.
    void noRoom(long clientId, InetSocketAddress to) {
        var close = new Frame.Close(CloseCode.NO_ROOM.code(), "no room for another connection");
        add(new Packet(PacketType.DATA, 0, clientId, List.of(close)), to);
    }

    private void add(Packet packet, InetSocketAddress to) {
        if (waiting.size() < MOST) {
            waiting.add(new Refusal(PacketCodec.encode(packet), to));
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// The next to be sent.
    Optional<Refusal> poll() {
        return Optional.ofNullable(waiting.poll());
    }
}

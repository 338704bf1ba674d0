package wirelab.rudp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

class RudpListenerTest {
    private static final InetSocketAddress HERE = address(1, 4000);
    private static final InetSocketAddress ELSEWHERE = address(2, 4000);
    private static final long SECOND = 1_000_000_000;

    private final ByteBuffer out = ByteBuffer.allocate(65_536);
    private RudpListener listener = listener(RudpListener.Limits.DEFAULT);

    @Test
    void threeTimesWhatAStrangerSentIsAllThatHeGets() {
        listener.handle(initial(1, Bytes.EMPTY), HERE, 0);
        var connection = listener.nextNews().orElseThrow().connection();
        connection.write(0, ByteBuffer.allocate(100_000));
        int octets = 0;
        for (long now = 0; now < 9 * SECOND; now += SECOND / 100) {
            listener.tick(now);
            octets += octets(sent(now));
        }
        assertThat(octets).isBetween(1200, 3 * 1200);
    }

    @Test
    void oneWhoSendsTheServersIdGetsTheRest() throws MalformedException {
        listener.handle(initial(1, Bytes.EMPTY), HERE, 0);
        var connection = listener.nextNews().orElseThrow().connection();
        connection.write(0, ByteBuffer.allocate(100_000));
        long id = serverId(sent(0));
        listener.handle(packet(PacketType.DATA, 1, id, new Frame.Ping()), HERE, SECOND / 100);
        assertThat(octets(sent(SECOND / 100))).isGreaterThan(10_000);
        assertThat(connection.state()).isEqualTo(ConnectionState.ESTABLISHED);
    }

    @Test
    void anInitialThatIsThereTwiceIsOneConnection() {
        listener.handle(initial(1, Bytes.EMPTY), HERE, 0);
        assertThat(listener.handle(initial(1, Bytes.EMPTY), HERE, 0)).isEqualTo(Verdict.REPEATED);
        assertThat(listener.connections()).hasSize(1);
    }

    @Test
    void aShortInitialIsNotAnswered() {
        var open = new Frame.Open(Script.PARAMETERS, Bytes.EMPTY);
        assertThat(listener.handle(packet(PacketType.INITIAL, 0, 1, open), HERE, 0))
                .isEqualTo(Verdict.UNREADABLE);
        assertThat(sent(0)).isEmpty();
    }

    @Test
    void underPressureATokenIsAskedForAndNothingIsKept() throws MalformedException {
        listener = listener(new RudpListener.Limits(10, 10, 0, 1 << 28));
        listener.handle(initial(1, Bytes.EMPTY), HERE, 0);
        assertThat(listener.connections()).isEmpty();
        var retry = PacketCodec.decode(sent(0).getFirst());
        assertThat(retry.type()).isEqualTo(PacketType.RETRY);
        var token = ((Frame.Token) retry.frames().getFirst()).token();
        assertThat(listener.handle(initial(1, token), HERE, SECOND)).isEqualTo(Verdict.ACCEPTED);
        assertThat(listener.connections()).hasSize(1);
    }

    @Test
    void aTokenIsOfOneAddressOneConnectionAndTenSeconds() throws MalformedException {
        listener = listener(new RudpListener.Limits(10, 10, 0, 1 << 28));
        listener.handle(initial(1, Bytes.EMPTY), HERE, 0);
        var token =
                ((Frame.Token) PacketCodec.decode(sent(0).getFirst()).frames().getFirst()).token();
        assertThat(listener.handle(initial(1, token), ELSEWHERE, SECOND)).isEqualTo(Verdict.UNEXPECTED);
        assertThat(listener.handle(initial(2, token), HERE, SECOND)).isEqualTo(Verdict.UNEXPECTED);
        assertThat(listener.handle(initial(1, token), HERE, 11 * SECOND)).isEqualTo(Verdict.UNEXPECTED);
        var changed = token.toArray();
        changed[20] ^= 1;
        assertThat(listener.handle(initial(1, Bytes.copyOf(changed)), HERE, SECOND))
                .isEqualTo(Verdict.UNEXPECTED);
        assertThat(listener.connections()).isEmpty();
    }

    @Test
    void whoWasThereBeforeNeedsNoRetry() throws MalformedException {
        listener = listener(new RudpListener.Limits(10, 10, 1, 1 << 28));
        listener.handle(initial(1, Bytes.EMPTY), HERE, 0);
        long id = serverId(sent(0));
        listener.handle(packet(PacketType.DATA, 1, id, new Frame.Ping()), HERE, SECOND);
        var token = sent(SECOND).stream()
                .flatMap(datagram -> read(datagram).frames().stream())
                .filter(Frame.Token.class::isInstance)
                .map(frame -> ((Frame.Token) frame).token())
                .findFirst()
                .orElseThrow();
        listener.handle(initial(2, Bytes.EMPTY), ELSEWHERE, SECOND);
        assertThat(listener.handle(initial(3, token), address(1, 4001), 60 * SECOND))
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void aPacketForNobodyIsAnsweredByResetWithItsId() throws MalformedException {
        listener.handle(packet(PacketType.DATA, 9, 77, new Frame.Ping()), HERE, 0);
        assertThat(PacketCodec.decode(sent(0).getFirst())).isEqualTo(new Packet(PacketType.RESET, 0, 77, List.of()));
        assertThat(listener.handle(packet(PacketType.RESET, 0, 77), HERE, 0)).isEqualTo(Verdict.STRANGE);
        assertThat(sent(0)).isEmpty();
    }

    @Test
    void aConnectionStaysAtItsAddress() throws MalformedException {
        listener.handle(initial(1, Bytes.EMPTY), HERE, 0);
        long id = serverId(sent(0));
        assertThat(listener.handle(packet(PacketType.DATA, 1, id, new Frame.Ping()), ELSEWHERE, 0))
                .isEqualTo(Verdict.UNEXPECTED);
    }

    @Test
    void anAddressHasItsShareAndNoMore() throws MalformedException {
        listener = listener(new RudpListener.Limits(10, 2, 10, 1 << 28));
        assertThat(listener.handle(initial(1, Bytes.EMPTY), HERE, 0)).isEqualTo(Verdict.ACCEPTED);
        assertThat(listener.handle(initial(2, Bytes.EMPTY), HERE, 0)).isEqualTo(Verdict.ACCEPTED);
        assertThat(listener.handle(initial(3, Bytes.EMPTY), HERE, 0)).isEqualTo(Verdict.NO_ROOM);
        assertThat(listener.handle(initial(3, Bytes.EMPTY), ELSEWHERE, 0)).isEqualTo(Verdict.ACCEPTED);
        sent(0);
        // The two are given up when nothing comes, and make room.
        listener.tick(11 * SECOND);
        sent(11 * SECOND);
        assertThat(listener.handle(initial(4, Bytes.EMPTY), HERE, 12 * SECOND)).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void tenThousandConnectionsOfACrowdDoNotShutOutOthers() throws MalformedException {
        listener = listener(new RudpListener.Limits(1000, 100, 50, 1 << 28));
        long here = connect(HERE, 1, 0).orElseThrow();
        int admitted = 0;
        for (int i = 0; i < 10_000; i++) {
            // A hundred ports each of a hundred addresses.
            admitted += connect(address(100 + i % 100, 5000 + i / 100), 1000 + i, SECOND)
                            .isPresent()
                    ? 1
                    : 0;
        }
        assertThat(admitted).isGreaterThan(900);
        assertThat(listener.connections().stream().filter(one -> !one.state().isEnding()))
                .hasSizeLessThanOrEqualTo(1000);
        var ping = packet(PacketType.DATA, 2, here, new Frame.Ping());
        assertThat(listener.handle(ping, HERE, SECOND)).isEqualTo(Verdict.ACCEPTED);
        assertThat(sent(SECOND)).hasSize(1);
        assertThat(connect(ELSEWHERE, 2, SECOND)).as("a newcomer").isPresent();
    }

    @Test
    void tenThousandConnectionsOfOneAddressAreAHundred() throws MalformedException {
        listener = listener(new RudpListener.Limits(1000, 100, 50, 1 << 28));
        for (int i = 0; i < 10_000; i++) {
            connect(address(100, 1 + i), 1000 + i, 0);
        }
        assertThat(listener.connections()).hasSize(100);
        assertThat(connect(HERE, 1, SECOND)).isPresent();
    }

    @Test
    void oneWhoSaysNothingAnyMoreIsForgottenAfterHisIdleTimeOut() throws MalformedException {
        connect(HERE, 1, 0);
        listener.tick(29 * SECOND);
        sent(29 * SECOND);
        assertThat(listener.connections()).hasSize(1);
        for (long now = 29 * SECOND; now < 31 * SECOND; now += SECOND / 100) {
            listener.tick(now);
            sent(now);
        }
        assertThat(listener.connections()).isEmpty();
        assertThat(listener.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void oneWhoNeverShowsHisAddressIsForgottenAfterTenSeconds() {
        listener.handle(initial(1, Bytes.EMPTY), HERE, 0);
        for (long now = 0; now < 9 * SECOND; now += SECOND / 10) {
            listener.tick(now);
            sent(now);
        }
        assertThat(listener.connections()).hasSize(1);
        listener.tick(10 * SECOND);
        sent(10 * SECOND);
        assertThat(listener.connections()).isEmpty();
        assertThat(listener.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nobodyLosesHisPlaceToAForgedAddress() throws MalformedException {
        listener = listener(new RudpListener.Limits(3, 3, 3, 1 << 28));
        for (int i = 0; i < 3; i++) {
            assertThat(connect(HERE, i, 0)).isPresent();
        }
        assertThat(listener.handle(initial(9, Bytes.EMPTY), ELSEWHERE, 0)).isEqualTo(Verdict.UNEXPECTED);
        assertThat(listener.connections()).noneMatch(one -> one.state().isEnding());
        sent(0);
        assertThat(connect(ELSEWHERE, 9, 0))
                .as("one who shows that he is there")
                .isPresent();
        assertThat(listener.connections().stream().filter(one -> one.state().isEnding()))
                .singleElement()
                .satisfies(one -> assertThat(one.closed().orElseThrow().code()).isEqualTo(CloseCode.NO_ROOM.code()));
    }

    @Property(tries = 300)
    void garbageIsCountedAndKeepsNothing(RandomGenerator random) {
        var octets = PacketCodec.encode(RandomPackets.packet(random)).toArray();
        if (random.nextBoolean()) {
            random.nextBytes(octets);
        }
        listener.handle(ByteBuffer.wrap(octets), HERE, 0);
        assertThat(listener.connections()).isEmpty();
        assertThat(octets(sent(0))).isLessThanOrEqualTo(octets.length);
    }

    /// A client's first packets, with the token of a RETRY if one comes.
    ///
    /// @return the server's id of the connection; nothing if there was no room
    private Optional<Long> connect(InetSocketAddress from, long clientId, long now) throws MalformedException {
        listener.handle(initial(clientId, Bytes.EMPTY), from, now);
        // What somebody else is told, who has to go, comes before it.
        var answer = read(sent(now).getLast());
        if (answer.type() == PacketType.RETRY) {
            listener.handle(initial(clientId, ((Frame.Token) answer.frames().getFirst()).token()), from, now);
            answer = read(sent(now).getLast());
        }
        if (!(answer.frames().getFirst() instanceof Frame.Accept accept)) {
            return Optional.empty();
        }
        listener.handle(packet(PacketType.DATA, 1, accept.connectionId(), new Frame.Ping()), from, now);
        sent(now);
        return Optional.of(accept.connectionId());
    }

    private static RudpListener listener(RudpListener.Limits limits) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        return new RudpListener(TransportConfig.DEFAULT, limits, TransportObserver.NONE, random);
    }

    private List<Bytes> sent(long now) {
        var datagrams = new ArrayList<Bytes>();
        for (int length = listener.poll(out, now); length > 0; length = listener.poll(out, now)) {
            out.flip();
            while (out.hasRemaining()) {
                int end = out.limit();
                out.limit(Math.min(end, out.position() + length));
                datagrams.add(Bytes.copyOf(out));
                out.position(out.limit()).limit(end);
            }
            out.clear();
        }
        return datagrams;
    }

    private static int octets(List<Bytes> datagrams) {
        return datagrams.stream().mapToInt(Bytes::size).sum();
    }

    private static long serverId(List<Bytes> datagrams) throws MalformedException {
        return PacketCodec.decode(datagrams.getFirst()).frames().stream()
                .filter(Frame.Accept.class::isInstance)
                .map(frame -> ((Frame.Accept) frame).connectionId())
                .findFirst()
                .orElseThrow();
    }

    private static Packet read(Bytes datagram) {
        try {
            return PacketCodec.decode(datagram);
        } catch (MalformedException malformed) {
            throw new AssertionError(malformed);
        }
    }

    /// 1200 octets, with a request in stream 0.
    private static ByteBuffer initial(long clientId, Bytes token) {
        var open = new Frame.Open(Script.PARAMETERS, token);
        var request = new Frame.Stream(0, 0, false, Bytes.of(1));
        int bare = packet(PacketType.INITIAL, 0, clientId, open, request).remaining();
        return packet(PacketType.INITIAL, 0, clientId, open, new Frame.Padding(1200 - bare), request);
    }

    private static ByteBuffer packet(PacketType type, long number, long id, Frame... frames) {
        return PacketCodec.encode(new Packet(type, number, id, List.of(frames))).toBuffer();
    }

    private static InetSocketAddress address(int last, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), port);
        } catch (UnknownHostException fourOctetsAreAnAddress) {
            throw new AssertionError(fourOctetsAreAnAddress);
        }
    }
}

package wirelab.dnsserver;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.Decision;
import wirelab.dnsserver.engine.fast.FastPath;

/// One thread's way from a packet to its answer: the short way if that will do, else the long one; counted and logged
/// on both. Confined to one thread.
final class Responder {
    private static final ByteBuffer SILENCE = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final Resolver resolver;
    private final QueryLog log;
    private final FastPath fast = new FastPath();

    Responder(Resolver resolver, QueryLog log) {
        this.resolver = resolver;
        this.log = log;
    }

    /// What to send back; nothing remains of it if that is nothing. To be read before the next packet.
    ByteBuffer answer(ByteBuffer query, InetSocketAddress from, Carrier carrier) {
        var engine = resolver.engine();
        int size = fast.answer(engine, query, carrier);
        if (size != FastPath.NO_ANSWER) {
            var reply = fast.reply(size);
            log.answered(query, reply, fast.type(), from, carrier);
            return reply;
        }
        return switch (engine.answer(query, carrier)) {
            case Decision.Reply reply -> {
                log.replied(reply, query, from, carrier);
                yield reply.message().toBuffer();
            }
            case Decision.Silent silent -> {
                log.dropped(silent, query, from, carrier);
                yield SILENCE;
            }
        };
    }
}

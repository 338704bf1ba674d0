package wirelab.dnsserver;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import wirelab.dhcp.Ipv4;
import wirelab.dns.DnsCodec;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.Client;
import wirelab.dnsserver.engine.Decision;
import wirelab.dnsserver.engine.RateLimit;
import wirelab.dnsserver.engine.fast.FastPath;
import wirelab.wire.Bytes;

/// One thread's way from a packet to its answer: the short way if that will do, else the long one; counted and logged
/// on both. Confined to one thread.
final class Responder {
    private static final ByteBuffer SILENCE = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /// One query in so many is timed: two looks at the clock are a good part of the short way.
    private static final int TIMED = 16;

    private final Resolver resolver;
    private final QueryLog log;
    private final Access access;
    private final Optional<RateLimit> limit;
    private final FastPath fast = new FastPath();
    private Iterator<Bytes> more = Collections.emptyIterator();
    private int asked;

    Responder(Resolver resolver, QueryLog log, Access access, Optional<RateLimit> limit) {
        this.resolver = resolver;
        this.log = log;
        this.access = access;
        this.limit = limit;
    }

    /// What to send back; nothing remains of it if that is nothing. To be read before the next packet.
    ByteBuffer answer(ByteBuffer query, InetSocketAddress from, Carrier carrier) {
        if (++asked % TIMED != 0) {
            return decide(query, from, carrier);
        }
        long start = System.nanoTime();
        var answer = decide(query, from, carrier);
        log.took(System.nanoTime() - start);
        return answer;
    }

    /// What follows the last answer: the other messages of a zone transfer, each made when it is asked for.
    Iterator<Bytes> more() {
        return more;
    }

    private ByteBuffer decide(ByteBuffer query, InetSocketAddress from, Carrier carrier) {
        boolean mayAsk = access.allows(from);
        int size = mayAsk ? fast.answer(resolver.engine(), query, carrier) : FastPath.NO_ANSWER;
        if (size == FastPath.NO_ANSWER) {
            return longWay(query, from, carrier, mayAsk);
        }
        var reply = fast.reply(size);
        log.answered(query, reply, fast.type(), from, carrier);
        return carrier == Carrier.UDP && limit.isPresent() ? limited(reply, from) : reply;
    }

    private ByteBuffer longWay(ByteBuffer query, InetSocketAddress from, Carrier carrier, boolean mayAsk) {
        var client = new Client(carrier, (Inet4Address) from.getAddress(), resolver.seconds(), mayAsk);
        return switch (resolver.engine().answer(query, client)) {
            case Decision.Reply reply -> replied(reply, query, from, carrier);
            case Decision.Notified(var reply, var zone) -> {
                resolver.notified(zone);
                yield replied(reply, query, from, carrier);
            }
            case Decision.Transfer transfer -> {
                more = new OutgoingTransfer(transfer, log, from, resolver::seconds);
                yield more.next().toBuffer();
            }
            case Decision.Silent silent -> {
                log.dropped(silent, query, from, carrier);
                yield SILENCE;
            }
        };
    }

    private ByteBuffer replied(Decision.Reply reply, ByteBuffer query, InetSocketAddress from, Carrier carrier) {
        log.replied(reply, query, from, carrier);
        var octets = reply.message().toBuffer();
        boolean forged = carrier == Carrier.UDP && !reply.known();
        return forged && limit.isPresent() ? limited(octets, from) : octets;
    }

    private ByteBuffer limited(ByteBuffer reply, InetSocketAddress from) {
        int address = Ipv4.number((Inet4Address) from.getAddress());
        return switch (limit.orElseThrow().verdict(address, reply, System.nanoTime())) {
            case SEND -> reply;
            case TRUNCATE -> {
                log.limited();
                yield truncated(reply);
            }
            case DROP -> {
                log.limited();
                yield SILENCE;
            }
        };
    }

    /// The header and the question, with TC: no longer than what was sent to us.
    private static ByteBuffer truncated(ByteBuffer reply) {
        int end = DnsCodec.HEADER_OCTETS;
        if (reply.getShort(4) == 1) {
            while (reply.get(end) != 0) {
                end += 1 + reply.get(end);
            }
            end += 5;
        }
        var cut = ByteBuffer.allocate(end).put(0, reply, 0, end);
        return cut.put(2, (byte) (cut.get(2) | 2)).putShort(6, (short) 0).putInt(8, 0);
    }
}

package wirelab.dnsserver;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.function.LongSupplier;
import wirelab.dnsserver.engine.Decision;
import wirelab.wire.Bytes;

/// The messages of a zone transfer as they go out: signed where the request was, and counted. Confined to one thread.
final class OutgoingTransfer implements Iterator<Bytes> {
    private final Decision.Transfer transfer;
    private final QueryLog log;
    private final InetSocketAddress to;
    private final LongSupplier seconds;
    private final long begun = System.nanoTime();
    private int messages;
    private long octets;

    OutgoingTransfer(Decision.Transfer transfer, QueryLog log, InetSocketAddress to, LongSupplier seconds) {
        this.transfer = transfer;
        this.log = log;
        this.to = to;
        this.seconds = seconds;
    }

    @Override
    public boolean hasNext() {
        return transfer.messages().hasNext();
    }

    @Override
    public Bytes next() {
        var bare = transfer.messages().next();
        var message = transfer.session()
                .map(session -> session.sign(bare, seconds.getAsLong()))
                .orElse(bare);
        messages++;
        octets += message.size();
        if (!hasNext()) {
            log.transferred(transfer, to, messages, octets, System.nanoTime() - begun);
        }
        return message;
    }
}

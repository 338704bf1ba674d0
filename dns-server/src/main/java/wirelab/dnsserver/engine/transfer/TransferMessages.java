package wirelab.dnsserver.engine.transfer;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.MessageFiller;
import wirelab.dns.Question;
import wirelab.dns.ResourceRecord;
import wirelab.wire.Bytes;

/// Records as one message after the other, each made when it is asked for: however large a zone is, no more than one
/// message of it is in memory. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5936#section-2.2 RFC 5936
public final class TransferMessages implements Iterator<Bytes> {
    /// Names further on than this cannot be pointed at, so that longer messages are hardly denser (RFC 1035 section
    /// 4.1.4).
    private static final int ENOUGH = 16_384;

    /// Room for a signature in a message that one record fills.
    private static final int ROOM_FOR_TSIG = 512;

    private final DnsHeader header;
    private final Question question;
    private final Iterator<ResourceRecord> records;
    private Optional<ResourceRecord> left = Optional.empty();
    private boolean begun;

    public TransferMessages(DnsHeader header, Question question, Iterator<ResourceRecord> records) {
        this.header = header;
        this.question = question;
        this.records = records;
    }

    @Override
    public boolean hasNext() {
        return left.isPresent() || records.hasNext();
    }

    /// The next message; the question is in the first one alone.
    @Override
    public Bytes next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var message =
                new MessageFiller(header, begun ? List.of() : List.of(question), DnsCodec.MAX_OCTETS - ROOM_FOR_TSIG);
        begun = true;
        while (hasNext() && message.size() < ENOUGH) {
            var record = left.orElseGet(records::next);
            left = Optional.empty();
            if (!message.add(record)) {
                if (message.count() == 0) {
                    throw new IllegalStateException("a record at " + record.name() + " that fits no message");
                }
                left = Optional.of(record);
                break;
            }
        }
        return message.toBytes();
    }
}

package wirelab.dns;

import java.util.List;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// A message that is filled record by record until it is full, as those of a zone transfer are. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5936#section-2.2 RFC 5936
public final class MessageFiller {
    private static final int ANSWER_COUNT = 6;

    private final MessageWriter out = new MessageWriter();
    private final int most;
    private int count;
    private int end;

    /// @param most octets of the message
    public MessageFiller(DnsHeader header, List<Question> questions, int most) {
        this.most = most;
        out.header(header);
        out.counts(new DnsMessage(header, questions, List.of(), List.of(), List.of()));
        questions.forEach(out::question);
        end = out.size();
    }

    /// Adds an answer, if there is room.
    ///
    /// @return false if there is none, and the message is to be sent as it is
    public boolean add(ResourceRecord record) {
        out.record(record);
        if (out.size() > most) {
            return false;
        }
        end = out.size();
        count++;
        return true;
    }

    public int size() {
        return end;
    }

    public int count() {
        return count;
    }

    public Bytes toBytes() {
        var message = new WireWriter(end).bytes(out.toBytes().slice(0, end));
        message.patchU16(ANSWER_COUNT, count);
        return message.toBytes();
    }
}

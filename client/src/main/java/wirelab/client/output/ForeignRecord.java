package wirelab.client.output;

import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.UNKRecord;
import wirelab.dns.RecordType;
import wirelab.wire.Bytes;

/// Data of the many types that our own codec knows by number alone, written by dnsjava, which knows how people read
/// them. Loaded with the first such record.
final class ForeignRecord {
    private ForeignRecord() {}

    /// Empty for a type that dnsjava does not know either, and for data that is not of its type.
    static Optional<String> text(RecordType type, Bytes data) {
        return Optional.ofNullable(Record.newRecord(Name.root, type.number(), DClass.IN, 0, data.toArray()))
                .filter(one -> !(one instanceof UNKRecord))
                .map(one -> Printable.of(one.rdataToString()));
    }
}

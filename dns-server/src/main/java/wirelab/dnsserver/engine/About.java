package wirelab.dnsserver.engine;

import java.util.List;
import java.util.Optional;
import wirelab.dns.DnsName;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;
import wirelab.dns.RecordClass;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.wire.Bytes;

/// What is asked about the server itself, in class CH. Immutable: it holds nothing.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4892 RFC 4892
final class About {
    private static final List<DnsName> VERSION = List.of(DnsName.of("version.bind"), DnsName.of("version.server"));
    private static final List<DnsName> NAME = List.of(DnsName.of("id.server"), DnsName.of("hostname.bind"));

    private About() {}

    /// Empty if it is asked for something else, or does not tell.
    static Optional<Answer> answer(Question question, Identity identity) {
        if (!question.type().equals(RecordType.TXT) && !question.type().equals(RecordType.ANY)) {
            return Optional.empty();
        }
        var text = VERSION.contains(question.name())
                ? Optional.of(identity.version())
                : identity.name().filter(_ -> NAME.contains(question.name()));
        return text.map(Bytes::utf8)
                .map(octets -> new ResourceRecord(question.name(), RecordClass.CH, 0, new Rdata.Txt(List.of(octets))))
                .map(record -> new Answer(Rcode.NOERROR, true, List.of(record), List.of(), List.of()));
    }
}

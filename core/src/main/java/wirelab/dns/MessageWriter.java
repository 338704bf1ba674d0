package wirelab.dns;

import java.util.HashMap;
import java.util.Map;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// Writes a message front to back, and compresses names against those it has written. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-4.1.4 RFC 1035
final class MessageWriter {
    private static final int LAST_TARGET = 0x3fff;

    private final WireWriter out = new WireWriter(512);
    private final Map<DnsName, Integer> written = new HashMap<>();

    void header(DnsHeader header) {
        out.u16(header.id()).u16(header.flags());
    }

    void counts(DnsMessage message) {
        out.u16(message.questions().size());
        out.u16(message.answers().size());
        out.u16(message.authorities().size());
        out.u16(message.additionals().size());
    }

    void question(Question question) {
        compressed(question.name());
        out.u16(question.type().number()).u16(question.recordClass().number());
    }

    void record(ResourceRecord record) {
        compressed(record.name());
        out.u16(record.type().number()).u16(record.recordClass().number()).u32(record.ttl());
        int length = out.position();
        out.u16(0);
        data(record.data());
        int size = out.position() - length - 2;
        if (size > 0xffff) {
            throw new IllegalArgumentException("data of " + size + " octets at " + record.name());
        }
        out.patchU16(length, size);
    }

    // Only the types of RFC 1035 itself may have compressed names in their data (RFC 3597 section 4).
    private void data(Rdata data) {
        switch (data) {
            case Rdata.A(var address) -> out.bytes(address.getAddress());
            case Rdata.Ns(var server) -> compressed(server);
            case Rdata.Cname(var target) -> compressed(target);
            case Rdata.Soa soa -> {
                compressed(soa.server());
                compressed(soa.mailbox());
                out.u32(soa.serial());
                out.u32(soa.refresh()).u32(soa.retry()).u32(soa.expire()).u32(soa.minimum());
            }
            case Rdata.Ptr(var target) -> compressed(target);
            case Rdata.Mx(var preference, var exchange) -> {
                out.u16(preference);
                compressed(exchange);
            }
            case Rdata.Txt(var strings) ->
                strings.forEach(string -> out.u8(string.size()).bytes(string));
            case Rdata.Aaaa(var address) -> out.bytes(address.getAddress());
            case Rdata.Srv(var priority, var weight, var port, var target) ->
                out.u16(priority).u16(weight).u16(port).bytes(target.toBytes());
            case Rdata.Dname(var target) -> out.bytes(target.toBytes());
            case Rdata.Opt(var options) ->
                options.forEach(option ->
                        out.u16(option.code()).u16(option.data().size()).bytes(option.data()));
            case Rdata.Unknown unknown -> out.bytes(unknown.octets());
        }
    }

    private void compressed(DnsName name) {
        var rest = name;
        while (!rest.isRoot()) {
            var earlier = written.get(rest);
            if (earlier != null) {
                out.u16(0xc000 | earlier);
                return;
            }
            if (out.position() <= LAST_TARGET) {
                written.put(rest, out.position());
            }
            out.bytes(rest.firstLabel());
            rest = rest.parent();
        }
        out.u8(0);
    }

    int size() {
        return out.position();
    }

    Bytes toBytes() {
        return out.toBytes();
    }
}

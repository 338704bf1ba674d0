package wirelab.dnsserver.zonefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordClass;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.zone.Zone;

/// Reads one zone from the text of a master file. Confined to one thread.
///
/// ```
/// entry     = directive / record
/// directive = "$ORIGIN" name / "$TTL" ttl
/// record    = [owner] *(ttl / "IN") type data     ; no owner: the one before; white space begins the line
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-5 RFC 1035
/// @spec https://www.rfc-editor.org/rfc/rfc2308#section-4 RFC 2308
public final class ZoneFile {
    private final String file;
    private final List<Located> records = new ArrayList<>();
    private Optional<DnsName> origin = Optional.empty();
    private Optional<DnsName> owner = Optional.empty();
    private OptionalLong defaultTtl = OptionalLong.empty();
    private OptionalLong lastTtl = OptionalLong.empty();

    private ZoneFile(String file) {
        this.file = file;
    }

    /// Reads a whole file.
    ///
    /// @param file its name, for errors
    /// @param text its octets as Latin-1 characters
    public static Zone parse(String file, String text) throws ZoneFileException {
        var parser = new ZoneFile(file);
        var lexer = new Lexer(file, text);
        for (var entry = lexer.next(); entry.isPresent(); entry = lexer.next()) {
            parser.entry(entry.get());
        }
        return new ZoneRules(file, parser.records).zone();
    }

    private void entry(Entry entry) throws ZoneFileException {
        var fields = new Fields(file, entry, origin);
        if (!entry.blank() && entry.tokens().getFirst().text().startsWith("$")) {
            directive(fields);
        } else {
            record(entry, fields);
        }
    }

    private void directive(Fields in) throws ZoneFileException {
        var word = in.take("a directive");
        if (word.is("$ORIGIN")) {
            origin = Optional.of(in.name("the name that relative names end in"));
        } else if (word.is("$TTL")) {
            defaultTtl = OptionalLong.of(in.seconds("a TTL"));
        } else {
            throw in.error(word, "expected $ORIGIN or $TTL, found " + word);
        }
        in.end(word.text());
    }

    private void record(Entry entry, Fields in) throws ZoneFileException {
        if (!entry.blank()) {
            owner = Optional.of(in.name("a name"));
        }
        if (owner.isEmpty()) {
            throw in.expected("a name at the very start of the first record's line");
        }
        var name = owner.get();
        var ttl = ttlAndClass(in);
        var word = in.peek("a record type");
        var type = type(in);
        if (origin.isEmpty() && type.equals(RecordType.SOA)) {
            origin = Optional.of(name);
            in = in.withOrigin(name);
        }
        var data = RdataText.read(type, in, origin.orElse(DnsName.ROOT));
        records.add(new Located(new ResourceRecord(name, ttl(ttl, data, in, word), data), word.at()));
    }

    // In either order, each at most once (RFC 1035 section 5.1).
    private static OptionalLong ttlAndClass(Fields in) throws ZoneFileException {
        var ttl = OptionalLong.empty();
        boolean classSeen = false;
        while (true) {
            var token = in.peek("a record type");
            var recordClass = token.quoted() ? Optional.<RecordClass>empty() : RecordClass.named(token.text());
            if (ttl.isEmpty() && Ttl.parse(token).isPresent()) {
                ttl = OptionalLong.of(in.seconds("a TTL"));
            } else if (!classSeen && recordClass.isPresent()) {
                if (!recordClass.get().equals(RecordClass.IN)) {
                    throw in.expected("class IN, which is all that is served");
                }
                in.take("a class");
                classSeen = true;
            } else {
                return ttl;
            }
        }
    }

    private static RecordType type(Fields in) throws ZoneFileException {
        var token = in.peek("a record type");
        var type = token.quoted() ? Optional.<RecordType>empty() : RecordType.named(token.text());
        // From 128 to 255, and OPT, are questions and what belongs to a message (RFC 6895 section 3.1).
        if (type.isEmpty() || type.get().equals(RecordType.OPT) || (type.get().number() & 0xff80) == 0x80) {
            throw in.expected("a record type like A, a TTL or IN");
        }
        in.take("a record type");
        return type.get();
    }

    // Its own; or $TTL's (RFC 2308 section 4); or the last one stated (RFC 1035 section 5.1).
    private long ttl(OptionalLong own, Rdata data, Fields in, Token word) throws ZoneFileException {
        if (own.isPresent()) {
            lastTtl = own;
        } else if (defaultTtl.isEmpty() && lastTtl.isEmpty() && data instanceof Rdata.Soa soa) {
            lastTtl = OptionalLong.of(Math.min(soa.minimum(), Integer.MAX_VALUE));
            return lastTtl.getAsLong();
        }
        var ttl = own.isPresent() ? own : defaultTtl.isPresent() ? defaultTtl : lastTtl;
        return ttl.orElseThrow(() -> in.error(word, "expected a TTL before " + word + ", or a line $TTL above"));
    }
}

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
/// directive = "$ORIGIN" name / "$TTL" ttl / "$INCLUDE" file [name] / "$GENERATE" range record
/// record    = [owner] *(ttl / "IN") type data     ; no owner: the one before; white space begins the line
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-5 RFC 1035
/// @spec https://www.rfc-editor.org/rfc/rfc2308#section-4 RFC 2308
public final class ZoneFile {
    /// So deep that only a file which includes itself gets there.
    private static final int MAX_DEPTH = 10;

    private final String file;
    private final Included included;
    private final int depth;
    private final List<Located> records;
    private Optional<DnsName> origin = Optional.empty();
    private Optional<DnsName> owner = Optional.empty();
    private OptionalLong defaultTtl = OptionalLong.empty();
    private OptionalLong lastTtl = OptionalLong.empty();

    private ZoneFile(String file, Included included, int depth, List<Located> records) {
        this.file = file;
        this.included = included;
        this.depth = depth;
        this.records = records;
    }

    /// Reads a file that includes no other.
    ///
    /// @param file its name, for errors
    /// @param text its octets as Latin-1 characters
    public static Zone parse(String file, String text) throws ZoneFileException {
        return parse(file, text, Included.NONE);
    }

    /// Reads a whole file, and those that it includes.
    public static Zone parse(String file, String text, Included included) throws ZoneFileException {
        var records = new ArrayList<Located>();
        new ZoneFile(file, included, 0, records).read(text);
        return new ZoneRules(file, records).zone();
    }

    private void read(String text) throws ZoneFileException {
        var lexer = new Lexer(file, text);
        for (var entry = lexer.next(); entry.isPresent(); entry = lexer.next()) {
            entry(entry.get());
        }
    }

    private void entry(Entry entry) throws ZoneFileException {
        var fields = new Fields(file, entry, origin);
        if (!entry.blank() && entry.tokens().getFirst().text().startsWith("$")) {
            directive(entry, fields);
        } else {
            record(entry, fields);
        }
    }

    private void directive(Entry entry, Fields in) throws ZoneFileException {
        var word = in.take("a directive");
        if (word.is("$ORIGIN")) {
            origin = Optional.of(in.name("the name that relative names end in"));
        } else if (word.is("$TTL")) {
            defaultTtl = OptionalLong.of(in.seconds("a TTL"));
        } else if (word.is("$INCLUDE")) {
            include(in);
        } else if (word.is("$GENERATE")) {
            for (var generated : Generated.entries(entry, in)) {
                record(generated, new Fields(file, generated, origin));
            }
        } else {
            throw in.error(word, "expected $ORIGIN, $TTL, $INCLUDE or $GENERATE, found " + word);
        }
        in.end(word.text());
    }

    // What the other file says about origin and owner ends with it (RFC 1035 section 5.1).
    private void include(Fields in) throws ZoneFileException {
        var name = in.take("a file's name");
        if (depth == MAX_DEPTH) {
            throw in.error(name, "expected no more than " + MAX_DEPTH + " files within one another, found " + name);
        }
        var path = included.path(file, name.text());
        var inner = new ZoneFile(path, included, depth + 1, records);
        inner.origin = in.hasMore() ? Optional.of(in.name("the name that relative names end in")) : origin;
        inner.owner = owner;
        inner.defaultTtl = defaultTtl;
        inner.lastTtl = lastTtl;
        inner.read(included.text(path)
                .orElseThrow(() -> in.error(name, "expected a file that can be read, found " + path)));
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
        records.add(new Located(new ResourceRecord(name, ttl(ttl, data, in, word), data), file, word.at()));
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
        // 0, from 128 to 255, and OPT, are questions and what belongs to a message (RFC 6895 section 3.1).
        if (type.isEmpty()
                || type.get().equals(RecordType.OPT)
                || type.get().number() == 0
                || (type.get().number() & 0xff80) == 0x80) {
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

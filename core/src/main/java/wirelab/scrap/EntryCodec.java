package wirelab.scrap;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import wirelab.scrap.FileDetails.Entry;
import wirelab.scrap.FileDetails.Size;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// Reads and writes the entries of [FileDetails]: `50MB.zip/52428800/2026-11-24T12:00:00Z;`. Safe for many threads: it
/// has no state.
final class EntryCodec {
    /// What stands before the first entry. No name begins with a `#`.
    static final String FIRST = "#files;";

    private static final Pattern SIZE = Pattern.compile("(~?)(0|[1-9][0-9]{0,17})");

    /// `2026-11-24T12:00:00Z`: years of four digits, and no fractions.
    private static final int WHOLE_SECONDS = 20;

    private EntryCodec() {}

    static void encode(Entry entry, WireWriter out) {
        ScrapCodec.name(entry.name(), "/", out);
        out.u8('/');
        entry.size().ifPresent(size -> out.latin1((size.rounded() ? "~" : "") + size.octets()));
        out.u8('/');
        entry.modified().ifPresent(date -> out.latin1(date.toString()));
        out.u8(';');
    }

    /// Reads what stands from `start` up to the `;` at `end`.
    static Entry decode(Bytes reply, int start, int end) throws MalformedException {
        int size = ScrapCodec.next('/', reply, start);
        int date = size < 0 ? -1 : ScrapCodec.next('/', reply, size + 1);
        if (date < 0 || date > end) {
            throw new MalformedException(start, "expected name/size/date");
        }
        return new Entry(ScrapCodec.name(reply, start, size), size(reply, size + 1, date), date(reply, date + 1, end));
    }

    private static Optional<Size> size(Bytes reply, int start, int end) throws MalformedException {
        var size = SIZE.matcher(reply.slice(start, end).toLatin1());
        if (start < end && !size.matches()) {
            throw new MalformedException(start, "expected a size in octets, of at most 18 digits");
        }
        return start == end
                ? Optional.empty()
                : Optional.of(
                        new Size(Long.parseLong(size.group(2)), !size.group(1).isEmpty()));
    }

    private static Optional<Instant> date(Bytes reply, int start, int end) throws MalformedException {
        if (start == end) {
            return Optional.empty();
        }
        var text = reply.slice(start, end).toLatin1();
        try {
            var date = Instant.parse(text);
            if (text.length() == WHOLE_SECONDS && date.toString().equals(text)) {
                return Optional.of(date);
            }
        } catch (DateTimeException e) {
            throw new MalformedException(start, "expected a date as 2026-11-24T12:00:00Z: " + e.getMessage());
        }
        throw new MalformedException(start, "expected a date as 2026-11-24T12:00:00Z");
    }
}

package wirelab.scrap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Locale;
import wirelab.scrap.ScrapFailure.Kind;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// Reads and writes [ScrapReply]s. Safe for many threads: it has no state.
///
/// ```
/// reply   = list / details / failure            ; its end is the FIN
/// list    = *( name ";" )
/// name    = 1*( octet / "%" HEXDIG HEXDIG )     ; UTF-8; ";", "%", "#" and control characters only as %XX
/// details = "#files;" *( name "/" [ [ "~" ] size ] "/" [ date ] ";" )     ; "/" in a name as %2F
/// failure = "#" ( "unavailable" / "protocol" ) SP text
/// ```
public final class ScrapCodec {
    private ScrapCodec() {}

    /// Writes a reply, the whole of what is sent before the FIN.
    public static Bytes encode(ScrapReply reply) {
        return switch (reply) {
            case ScrapFailure(var kind, var text) -> Bytes.ascii("#" + kind.word() + " " + text);
            case FileList(var names) -> {
                var out = new WireWriter(1024);
                for (var name : names) {
                    name(name, "", out);
                    out.u8(';');
                }
                yield out.toBytes();
            }
            case FileDetails(var entries) -> {
                var out = new WireWriter(1024).latin1(EntryCodec.FIRST);
                entries.forEach(entry -> EntryCodec.encode(entry, out));
                yield out.toBytes();
            }
        };
    }

    /// Writes a name.
    ///
    /// @param escapedToo characters that are escaped besides those that always are
    static void name(String name, String escapedToo, WireWriter out) {
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            int octet = Byte.toUnsignedInt(one);
            if (mustEscape(octet) || escapedToo.indexOf(octet) >= 0) {
                out.u8('%').latin1(HexFormat.of().withUpperCase().toHexDigits(one));
            } else {
                out.u8(octet);
            }
        }
    }

    /// `#` too, so that no list can begin like a failure, nor like a part of a reply in RUDP.
    private static boolean mustEscape(int octet) {
        return octet < ' ' || octet == 0x7f || octet == ';' || octet == '%' || octet == '#';
    }

    /// Reads a reply, the whole of what came before the FIN.
    public static ScrapReply decode(Bytes reply) throws MalformedException {
        if (reply.isEmpty() || reply.at(0) != '#') {
            return list(reply);
        }
        return reply.toLatin1().startsWith(EntryCodec.FIRST) ? details(reply) : failure(reply);
    }

    private static ScrapFailure failure(Bytes reply) throws MalformedException {
        var line = reply.toLatin1().substring(1);
        try {
            for (var kind : Kind.values()) {
                if (line.startsWith(kind.word() + " ")) {
                    return new ScrapFailure(kind, line.substring(kind.word().length() + 1));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException(1, String.valueOf(e.getMessage()));
        }
        throw new MalformedException(1, "expected 'unavailable' or 'protocol', a space and a text");
    }

    private static FileList list(Bytes reply) throws MalformedException {
        var names = new ArrayList<String>();
        int start = 0;
        for (int end = next(';', reply, start); end >= 0; end = next(';', reply, start)) {
            names.add(name(reply, start, end));
            start = end + 1;
        }
        expectEnd(reply, start);
        return new FileList(names);
    }

    private static FileDetails details(Bytes reply) throws MalformedException {
        var entries = new ArrayList<FileDetails.Entry>();
        int start = EntryCodec.FIRST.length();
        for (int end = next(';', reply, start); end >= 0; end = next(';', reply, start)) {
            entries.add(EntryCodec.decode(reply, start, end));
            start = end + 1;
        }
        expectEnd(reply, start);
        return new FileDetails(entries);
    }

    /// Where the next separator is; -1 if there is none.
    static int next(char separator, Bytes reply, int from) {
        for (int i = from; i < reply.size(); i++) {
            if (reply.at(i) == separator) {
                return i;
            }
        }
        return -1;
    }

    private static void expectEnd(Bytes reply, int end) throws MalformedException {
        if (end < reply.size()) {
            throw new MalformedException(reply.size(), "the last name has no ';' after it: the list was cut short");
        }
    }

    /// Reads the name from `start` up to `end`.
    static String name(Bytes reply, int start, int end) throws MalformedException {
        if (start == end) {
            throw new MalformedException(start, "a name is not empty");
        }
        var octets = ByteBuffer.allocate(end - start);
        for (int i = start; i < end; i++) {
            int octet = reply.at(i);
            if (octet == '%') {
                octet = escaped(reply, i, end);
                i += 2;
            } else if (mustEscape(octet)) {
                throw new MalformedException(i, "a character that must be escaped by a percent sign");
            }
            octets.put((byte) octet);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(start, "a name that is not UTF-8");
        }
    }

    private static int escaped(Bytes reply, int percent, int end) throws MalformedException {
        var digits = reply.slice(percent + 1, Math.min(percent + 3, end)).toLatin1();
        if (!digits.toUpperCase(Locale.ROOT).matches("[0-9A-F]{2}")) {
            throw new MalformedException(percent, "expected two hexadecimal digits after '%'");
        }
        return HexFormat.fromHexDigits(digits);
    }
}

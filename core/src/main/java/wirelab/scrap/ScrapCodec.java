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
/// reply   = list / failure                      ; its end is the FIN
/// list    = *( name ";" )
/// name    = 1*( octet / "%" HEXDIG HEXDIG )     ; UTF-8; ";", "%", "#" and control characters only as %XX
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
                    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
                        encode(Byte.toUnsignedInt(octet), out);
                    }
                    out.u8(';');
                }
                yield out.toBytes();
            }
        };
    }

    private static void encode(int octet, WireWriter out) {
        if (mustEscape(octet)) {
            out.u8('%').latin1(HexFormat.of().withUpperCase().toHexDigits((byte) octet));
        } else {
            out.u8(octet);
        }
    }

    /// `#` too, so that no list can begin like a failure, nor like a part of a reply in RUDP.
    private static boolean mustEscape(int octet) {
        return octet < ' ' || octet == 0x7f || octet == ';' || octet == '%' || octet == '#';
    }

    /// Reads a reply, the whole of what came before the FIN.
    public static ScrapReply decode(Bytes reply) throws MalformedException {
        return !reply.isEmpty() && reply.at(0) == '#' ? failure(reply) : list(reply);
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
        for (int i = 0; i < reply.size(); i++) {
            if (reply.at(i) == ';') {
                names.add(name(reply, start, i));
                start = i + 1;
            }
        }
        if (start < reply.size()) {
            throw new MalformedException(reply.size(), "the last name has no ';' after it: the list was cut short");
        }
        return new FileList(names);
    }

    private static String name(Bytes reply, int start, int end) throws MalformedException {
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

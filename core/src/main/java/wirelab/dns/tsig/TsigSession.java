package wirelab.dns.tsig;

import java.security.MessageDigest;
import wirelab.dns.DnsCodec;
import wirelab.dns.Rcode;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// A request and the messages that answer it, signed by one key: each signature counts the one before, so that no
/// message of a transfer can be left out or moved. Both ends have one each. Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8945#section-5.3 RFC 8945
public final class TsigSession {
    /// By how many seconds the clocks may differ (section 10).
    public static final int FUDGE = 300;

    /// So many messages of an answer may come without a signature before one that signs them too (section 5.3.1).
    private static final int MOST_UNSIGNED = 99;

    private enum Stage {
        REQUEST,
        FIRST_ANSWER,
        LATER_ANSWER
    }

    /// What a message turned out to be.
    ///
    /// @param error NOERROR; or BADKEY, BADSIG, BADTIME, BADTRUNC; or FORMERR for what cannot be a signature
    /// @param message without its signature
    public record Verdict(Rcode error, Bytes message) {
        public boolean isGood() {
            return error.equals(Rcode.NOERROR);
        }
    }

    private final TsigKey key;
    private Stage stage = Stage.REQUEST;
    private Bytes before = Bytes.EMPTY;
    private WireWriter unsigned = new WireWriter();
    private int unsignedCount;

    public TsigSession(TsigKey key) {
        this.key = key;
    }

    public TsigKey key() {
        return key;
    }

    /// Signs the next message that goes out.
    public Bytes sign(Bytes message, long seconds) {
        return sign(message, seconds, Rcode.NOERROR, Bytes.EMPTY);
    }

    /// Signs an answer that says what was wrong with the request's signature.
    ///
    /// @param other the server's time in six octets, with BADTIME
    public Bytes sign(Bytes message, long seconds, Rcode error, Bytes other) {
        var record = new TsigRecord(
                key.name(),
                key.algorithm().wireName(),
                seconds,
                FUDGE,
                Bytes.EMPTY,
                TsigRecord.id(message),
                error,
                other);
        var mac = mac(message, record);
        next(mac);
        return record.withMac(mac).appendTo(message);
    }

    /// Checks the next message that came in.
    public Verdict verify(Bytes message, long seconds) {
        try {
            if (!TsigRecord.isIn(DnsCodec.decode(message))) {
                return unsigned(message);
            }
            var split = TsigRecord.split(message);
            return new Verdict(check(split, seconds), split.message());
        } catch (MalformedException e) {
            return new Verdict(Rcode.FORMERR, message);
        }
    }

    private Verdict unsigned(Bytes message) {
        if (stage != Stage.LATER_ANSWER || ++unsignedCount > MOST_UNSIGNED) {
            return new Verdict(Rcode.BADSIG, message);
        }
        unsigned.bytes(message);
        return new Verdict(Rcode.NOERROR, message);
    }

    /// Whether all that came is signed; to be asked at the end.
    public boolean isComplete() {
        return unsignedCount == 0;
    }

    // Key, MAC, time: in this order (section 5.2).
    private Rcode check(TsigRecord.Split split, long seconds) {
        var record = split.record();
        if (!record.key().equals(key.name())
                || !record.algorithm().equals(key.algorithm().wireName())) {
            return Rcode.BADKEY;
        }
        int size = record.mac().size();
        if (size > key.algorithm().octets()
                || size < Math.max(10, key.algorithm().octets() / 2)) {
            return size == 0 ? Rcode.BADSIG : Rcode.FORMERR;
        }
        var mac = mac(split.message(), record);
        if (!MessageDigest.isEqual(mac.slice(0, size).toArray(), record.mac().toArray())) {
            return Rcode.BADSIG;
        }
        next(record.mac());
        if (size < mac.size()) {
            return Rcode.BADTRUNC;
        }
        return Math.abs(seconds - record.seconds()) > record.fudge() ? Rcode.BADTIME : Rcode.NOERROR;
    }

    private Bytes mac(Bytes message, TsigRecord record) {
        var text = new WireWriter(message.size() + 256);
        if (stage != Stage.REQUEST) {
            text.u16(before.size()).bytes(before);
        }
        text.bytes(unsigned.toBytes()).bytes(message);
        if (stage == Stage.LATER_ANSWER) {
            record.timers(text);
        } else {
            record.variables(text);
        }
        return key.algorithm().mac(key.secret(), text.toBytes());
    }

    private void next(Bytes mac) {
        stage = stage == Stage.REQUEST ? Stage.FIRST_ANSWER : Stage.LATER_ANSWER;
        before = mac;
        unsigned = new WireWriter();
        unsignedCount = 0;
    }
}

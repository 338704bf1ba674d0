package wirelab.dns.tsig;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wirelab.dns.DnsName;
import wirelab.dns.Rcode;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// The keys that a server knows, and what it makes of signed requests. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8945#section-5.2 RFC 8945
public record TsigKeys(Map<DnsName, TsigKey> all) {
    public static final TsigKeys NONE = new TsigKeys(Map.of());

    public TsigKeys {
        all = Map.copyOf(all);
    }

    /// All of these.
    ///
    /// @throws IllegalArgumentException if two have one name
    public static TsigKeys of(List<TsigKey> keys) {
        var byName = new LinkedHashMap<DnsName, TsigKey>();
        for (var key : keys) {
            if (byName.put(key.name(), key) != null) {
                throw new IllegalArgumentException("the key " + key.name() + " is there twice");
            }
        }
        return new TsigKeys(byName);
    }

    public Optional<TsigKey> named(DnsName name) {
        return Optional.ofNullable(all.get(name));
    }

    /// What a signed request turned out to be.
    public sealed interface Check {
        /// The signature is that of a key we know.
        ///
        /// @param message without its signature
        /// @param session what signs the answers
        record Good(Bytes message, TsigSession session) implements Check {}

        /// To be answered with NOTAUTH, and with a TSIG record that says why.
        record Bad(Rcode error, Signer signer) implements Check {}

        /// To be answered with FORMERR.
        record Malformed(String why) implements Check {}
    }

    /// Puts the TSIG record that tells an error behind an answer.
    @FunctionalInterface
    public interface Signer {
        Bytes sign(Bytes answer);
    }

    /// Checks a request that has a signature.
    ///
    /// @param seconds since 1970
    public Check check(Bytes request, long seconds) {
        TsigRecord.Split split;
        try {
            split = TsigRecord.split(request);
        } catch (MalformedException e) {
            return new Check.Malformed(e.why());
        }
        var known = named(split.record().key());
        if (known.isEmpty()) {
            return new Check.Bad(Rcode.BADKEY, answer -> unsigned(answer, split.record(), Rcode.BADKEY));
        }
        var session = new TsigSession(known.get());
        var verdict = session.verify(request, seconds);
        var error = verdict.error();
        if (verdict.isGood()) {
            return new Check.Good(verdict.message(), session);
        }
        if (error.equals(Rcode.FORMERR)) {
            return new Check.Malformed("a MAC of " + split.record().mac().size() + " octets");
        }
        if (error.equals(Rcode.BADTIME)) {
            // With the client's time in the record, and ours beside it (section 5.2.3).
            var ours = new WireWriter(6).u16((int) (seconds >>> 32)).u32(seconds & 0xffff_ffffL);
            return new Check.Bad(
                    error, answer -> session.sign(answer, split.record().seconds(), error, ours.toBytes()));
        }
        if (error.equals(Rcode.BADTRUNC)) {
            return new Check.Bad(error, answer -> session.sign(answer, seconds, error, Bytes.EMPTY));
        }
        return new Check.Bad(error, answer -> unsigned(answer, split.record(), error));
    }

    // Who does not know the key gets no MAC (section 5.3.2).
    private static Bytes unsigned(Bytes answer, TsigRecord asked, Rcode error) {
        return new TsigRecord(
                        asked.key(),
                        asked.algorithm(),
                        asked.seconds(),
                        TsigSession.FUDGE,
                        Bytes.EMPTY,
                        TsigRecord.id(answer),
                        error,
                        Bytes.EMPTY)
                .appendTo(answer);
    }
}

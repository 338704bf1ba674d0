package wirelab.dns.tsig;

import java.util.Base64;
import wirelab.dns.DnsName;
import wirelab.wire.Bytes;

/// A secret that two servers share, and what both call it. Immutable; its text does not tell the secret.
public record TsigKey(DnsName name, TsigAlgorithm algorithm, Bytes secret) {
    public TsigKey {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the key " + name + " has no secret");
        }
    }

    /// The key of these texts.
    ///
    /// @param secret in Base64
    /// @throws IllegalArgumentException if one of them is wrong
    public static TsigKey of(String name, String algorithm, String secret) {
        var known = TsigAlgorithm.named(DnsName.of(algorithm))
                .orElseThrow(() ->
                        new IllegalArgumentException("the algorithm '" + algorithm + "' is not known; hmac-sha256 is"));
        try {
            return new TsigKey(
                    DnsName.of(name), known, Bytes.copyOf(Base64.getDecoder().decode(secret)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the secret of the key " + name + " is not in Base64", e);
        }
    }

    /// How many octets a signature adds to a message.
    public int recordOctets() {
        return name.size() + 10 + algorithm.wireName().size() + 16 + algorithm.octets();
    }

    @Override
    public String toString() {
        return name + " (" + algorithm.wireName() + ")";
    }
}

package wirelab.dns.tsig;

import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import wirelab.dns.DnsName;
import wirelab.wire.Bytes;

/// How a message is hashed with a key.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8945#section-6 RFC 8945
public enum TsigAlgorithm {
    /// For old peers alone.
    HMAC_SHA1("hmac-sha1", "HmacSHA1", 20),
    HMAC_SHA224("hmac-sha224", "HmacSHA224", 28),
    HMAC_SHA256("hmac-sha256", "HmacSHA256", 32),
    HMAC_SHA384("hmac-sha384", "HmacSHA384", 48),
    HMAC_SHA512("hmac-sha512", "HmacSHA512", 64);

    private final String wireName;
    private final String javaName;
    private final int octets;

    TsigAlgorithm(String wireName, String javaName, int octets) {
        this.wireName = wireName;
        this.javaName = javaName;
        this.octets = octets;
    }

    /// What a TSIG record calls it.
    public DnsName wireName() {
        return DnsName.of(wireName);
    }

    /// Octets of a whole MAC.
    public int octets() {
        return octets;
    }

    /// The algorithm of this name, in any case.
    public static Optional<TsigAlgorithm> named(DnsName name) {
        return Stream.of(values()).filter(one -> one.wireName().equals(name)).findFirst();
    }

    Bytes mac(Bytes secret, Bytes text) {
        try {
            var mac = Mac.getInstance(javaName);
            mac.init(new SecretKeySpec(secret.toArray(), javaName));
            return Bytes.copyOf(mac.doFinal(text.toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each JDK has " + javaName, e);
        }
    }
}

package wirelab.dnsserver.engine.zone;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import wirelab.dns.DnsName;
import wirelab.wire.Bytes;

/// The hash that NSEC3 knows names by: SHA-1, with salt, again and again. Immutable.
///
/// @param iterations how often again, 0 to 65535
/// @spec https://www.rfc-editor.org/rfc/rfc5155#section-5 RFC 5155
record Nsec3Hash(int iterations, Bytes salt) {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

    /// As a record's data says: algorithm, flags, iterations, salt.
    static Nsec3Hash of(Bytes data) {
        if (data.size() < 5 || data.size() < 5 + data.at(4)) {
            throw new IllegalArgumentException("NSEC3 data that ends early: " + data);
        }
        return new Nsec3Hash(data.at(2) << 8 | data.at(3), data.slice(5, 5 + data.at(4)));
    }

    /// A name's hash as a label: base32hex in upper case (RFC 4648 section 7).
    String label(DnsName name) {
        var octets = name.toBytes().toArray();
        for (int i = 0; i < octets.length; i++) {
            octets[i] = NameKey.lower(octets[i]);
        }
        var sha1 = sha1();
        for (int i = 0; i <= iterations; i++) {
            sha1.update(octets);
            octets = sha1.digest(salt.toArray());
        }
        return base32(octets);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }

    // Twenty octets are thirty-two digits, without a rest.
    private static String base32(byte[] octets) {
        var text = new StringBuilder();
        long bits = 0;
        int count = 0;
        for (byte octet : octets) {
            bits = bits << 8 | (octet & 0xff);
            for (count += 8; count >= 5; count -= 5) {
                text.append(DIGITS.charAt((int) (bits >>> (count - 5)) & 31));
            }
        }
        return text.toString();
    }
}

package wirelab.rudp.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import wirelab.wire.Bytes;

/// Makes and checks tokens, without keeping any. Confined to one thread.
///
/// ```
/// kind (1 octet) | when it was made (8 octets) | HMAC-SHA-256, the first 16 octets
/// ```
///
/// The HMAC is over kind, time and address; a RETRY's, which lives for seconds, is over port and connection id too.
final class Tokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte RETRY = 0;
    private static final byte LATER = 1;
    private static final int MAC = 16;
    private static final int SIZE = 1 + Long.BYTES + MAC;
    private static final long RETRY_LIFE = 10_000_000_000L;
    private static final long LATER_LIFE = 3_600_000_000_000L;

    private final Mac mac;

    /// Uses `key`, 32 octets that nobody can guess.
    Tokens(Bytes key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.toArray(), ALGORITHM));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /// For a client that is to show that it gets mail at `address`.
    Bytes retry(InetSocketAddress address, long clientId, long now) {
        return make(RETRY, address, clientId, now);
    }

    /// For a client that has shown it, and comes back.
    Bytes later(InetSocketAddress address, long now) {
        return make(LATER, address, 0, now);
    }

    boolean isValid(Bytes token, InetSocketAddress address, long clientId, long now) {
        if (token.size() != SIZE) {
            return false;
        }
        byte kind = (byte) token.at(0);
        long made = token.toBuffer().getLong(1);
        long age = now - made;
        boolean fresh = age >= 0 && age <= (kind == RETRY ? RETRY_LIFE : LATER_LIFE);
        return fresh
                && MessageDigest.isEqual(
                        token.toArray(), make(kind, address, clientId, made).toArray());
    }

    private Bytes make(byte kind, InetSocketAddress address, long clientId, long now) {
        var token = ByteBuffer.allocate(SIZE).put(kind).putLong(now);
        mac.update(token.array(), 0, token.position());
        mac.update(address.getAddress().getAddress());
        if (kind == RETRY) {
            mac.update(ByteBuffer.allocate(10)
                    .putShort((short) address.getPort())
                    .putLong(clientId)
                    .flip());
        }
        return Bytes.copyOf(token.put(mac.doFinal(), 0, MAC).flip());
    }
}

package wirelab.dnsserver.engine.zone;

import wirelab.dns.DnsName;

/// A name that is looked up: its octets in lower case, and a hash of each of its ends. Filled again and again. Confined
/// to one thread.
///
/// ```
/// 3 | w w w | 7 | e x a m p l e | 3 | c o m | 0
/// end 0       end 1               end 2       end 3, the root
/// ```
///
/// The hash of an end grows from the root's on, so that all of them cost one pass.
public final class NameKey {
    private static final int SEED = 0x811c_9dc5;
    private static final int PRIME = 0x0100_0193;

    private final byte[] octets = new byte[DnsName.MAX_OCTETS];
    private final int[] starts = new int[DnsName.MAX_OCTETS / 2 + 1];
    private final int[] hashes = new int[DnsName.MAX_OCTETS / 2 + 1];
    private int labels;
    private int size;

    /// A key for one look.
    public static NameKey of(DnsName name) {
        var key = new NameKey();
        var octets = name.toBytes().toArray();
        key.read(octets, 0, octets.length);
        return key;
    }

    /// Takes over the name that begins at `from`, if it is one, and without pointers.
    ///
    /// @param to the end of the message
    /// @return where the name ends; -1 if it is too long, goes on elsewhere, or does not end
    public int read(byte[] message, int from, int to) {
        int at = from;
        labels = 0;
        while (at < to) {
            int length = message[at];
            int start = at - from;
            starts[labels] = start;
            octets[start] = (byte) length;
            at++;
            if (length == 0) {
                size = start + 1;
                hash();
                return at;
            }
            // What is over 63 is a pointer or of no known kind; the root's zero must still fit behind the label.
            if (length < 0 || length > DnsName.MAX_LABEL || start + 1 + length >= DnsName.MAX_OCTETS) {
                return -1;
            }
            if (at + length > to) {
                return -1;
            }
            for (int i = 1; i <= length; i++, at++) {
                octets[start + i] = lower(message[at]);
            }
            labels++;
        }
        return -1;
    }

    private void hash() {
        int hash = SEED;
        hashes[labels] = mixed(hash);
        for (int label = labels - 1; label >= 0; label--) {
            for (int i = starts[label]; i < starts[label + 1]; i++) {
                hash = (hash ^ octets[i]) * PRIME;
            }
            hashes[label] = mixed(hash);
        }
    }

    private static int mixed(int hash) {
        return hash ^ hash >>> 15;
    }

    static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
    }

    /// How many labels there are; as an end, the root.
    public int labels() {
        return labels;
    }

    /// Octets on the wire.
    public int size() {
        return size;
    }

    int hash(int end) {
        return hashes[end];
    }

    /// Whether the octets at `at` of `other` are the name that begins with label `end`, in any case.
    boolean endsAs(int end, byte[] other, int at) {
        int start = starts[end];
        int length = size - start;
        if (at + length > other.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (octets[start + i] != lower(other[at + i])) {
                return false;
            }
        }
        return true;
    }
}

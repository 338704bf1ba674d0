package wirelab.dnsserver.engine.zone;

import wirelab.dns.DnsName;

/// Where in some octets names begin: a hash table with open addresses. Immutable, once it is built.
///
/// A slot holds a hash in its upper half, and in its lower half where the name begins, plus one; zero is a free slot.
/// At most half of the slots are taken, so that a name that is not there costs a look or two.
final class NameTable {
    static final int NONE = -1;

    private final byte[] octets;
    private final long[] slots;

    /// Room for `names` names in `octets`.
    NameTable(byte[] octets, int names) {
        this.octets = octets;
        this.slots = new long[Integer.highestOneBit(Math.max(1, names)) * 4];
    }

    /// Adds the name that begins at `at`, and is not there yet.
    void add(DnsName name, int at) {
        int hash = NameKey.of(name).hash(0);
        int place = hash & slots.length - 1;
        while (slots[place] != 0) {
            place = place + 1 & slots.length - 1;
        }
        slots[place] = (long) hash << 32 | Integer.toUnsignedLong(at + 1);
    }

    /// Where the name that begins with label `end` of `key` is.
    ///
    /// @return [#NONE] if it is not there
    int find(NameKey key, int end) {
        int hash = key.hash(end);
        int mask = slots.length - 1;
        for (int place = hash & mask; slots[place] != 0; place = place + 1 & mask) {
            int at = (int) slots[place] - 1;
            if ((int) (slots[place] >>> 32) == hash && key.endsAs(end, octets, at)) {
                return at;
            }
        }
        return NONE;
    }
}

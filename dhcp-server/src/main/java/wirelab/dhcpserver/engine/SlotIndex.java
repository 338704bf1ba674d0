package wirelab.dhcpserver.engine;

import java.util.Arrays;

/// Finds slots of a [LeaseTable] by the hash of something in them: some twenty octets an entry, where a map of objects
/// takes a hundred. Confined to one thread.
///
/// Chains from a table of heads, linked both ways. So adding and removing take the same time however many slots have
/// one hash: behind one relay there may be sixty thousand.
final class SlotIndex {
    private static final int NONE = -1;
    private static final int SMALLEST = 16;

    /// The first slot of each chain; a power of two of them, and at least as many as there are entries.
    private int[] heads = none(SMALLEST);
    // By slot:
    private int[] hashes = new int[SMALLEST];
    private int[] after = new int[SMALLEST];
    private int[] before = new int[SMALLEST];
    private int size;

    private static int[] none(int length) {
        var slots = new int[length];
        Arrays.fill(slots, NONE);
        return slots;
    }

    /// Adds a slot that is not in it.
    void add(int hash, int slot) {
        if (size == heads.length) {
            grow();
        }
        if (slot >= hashes.length) {
            int length = Math.max(slot + 1, 2 * hashes.length);
            hashes = Arrays.copyOf(hashes, length);
            after = Arrays.copyOf(after, length);
            before = Arrays.copyOf(before, length);
        }
        hashes[slot] = hash;
        link(slot);
        size++;
    }

    private void grow() {
        var old = heads;
        heads = none(2 * old.length);
        for (int head : old) {
            for (int slot = head; slot != NONE; ) {
                int next = after[slot];
                link(slot);
                slot = next;
            }
        }
    }

    private void link(int slot) {
        int home = home(hashes[slot]);
        int head = heads[home];
        after[slot] = head;
        before[slot] = NONE;
        if (head != NONE) {
            before[head] = slot;
        }
        heads[home] = slot;
    }

    /// Forgets a slot that is in it.
    void remove(int slot) {
        if (before[slot] == NONE) {
            heads[home(hashes[slot])] = after[slot];
        } else {
            after[before[slot]] = after[slot];
        }
        if (after[slot] != NONE) {
            before[after[slot]] = before[slot];
        }
        size--;
    }

    /// The first slot that was added with `hash`; negative if there is none.
    int first(int hash) {
        return from(heads[home(hash)], hash);
    }

    /// The slot after `slot` that was added with the same hash; negative if there is none.
    int next(int slot) {
        return from(after[slot], hashes[slot]);
    }

    private int from(int slot, int hash) {
        int at = slot;
        while (at != NONE && hashes[at] != hash) {
            at = after[at];
        }
        return at;
    }

    /// Fibonacci hashing: hashes of addresses in a row are neighbours, and their homes are not.
    private int home(int hash) {
        return (hash * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(heads.length - 1);
    }
}

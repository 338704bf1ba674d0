package wirelab.dhcpserver.engine;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Finds slots of a [LeaseTable] by the hash of something in them: eight octets an entry, where a map of objects takes
/// a hundred. Several slots may have one hash. Confined to one thread.
///
/// Open addressing with linear probing, never more than half full; a removal closes the gap behind it (Knuth, The Art
/// of Computer Programming, volume 3, section 6.4, algorithm R).
final class SlotIndex {
    private static final int EMPTY = -1;
    private static final int SMALLEST = 16;

    private int[] slots = empty(SMALLEST);
    private int[] hashes = new int[SMALLEST];
    private int size;

    private static int[] empty(int length) {
        var slots = new int[length];
        Arrays.fill(slots, EMPTY);
        return slots;
    }

    void add(int hash, int slot) {
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        place(hash, slot);
        size++;
    }

    private void grow() {
        var oldSlots = slots;
        var oldHashes = hashes;
        slots = empty(2 * oldSlots.length);
        hashes = new int[slots.length];
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != EMPTY) {
                place(oldHashes[i], oldSlots[i]);
            }
        }
    }

    private void place(int hash, int slot) {
        int at = home(hash);
        while (slots[at] != EMPTY) {
            at = next(at);
        }
        slots[at] = slot;
        hashes[at] = hash;
    }

    /// The slots that were added with `hash`.
    IntStream find(int hash) {
        var found = IntStream.builder();
        for (int at = home(hash); slots[at] != EMPTY; at = next(at)) {
            if (hashes[at] == hash) {
                found.add(slots[at]);
            }
        }
        return found.build();
    }

    /// Forgets the slot that was added with `hash`, if it was.
    void remove(int hash, int slot) {
        int at = home(hash);
        while (slots[at] != EMPTY && slots[at] != slot) {
            at = next(at);
        }
        if (slots[at] == EMPTY) {
            return;
        }
        size--;
        int gap = at;
        for (int i = next(gap); slots[i] != EMPTY; i = next(i)) {
            // Whose home lies beyond the gap stays: who looks for it does not come by the gap.
            if (distance(home(hashes[i]), i) >= distance(gap, i)) {
                slots[gap] = slots[i];
                hashes[gap] = hashes[i];
                gap = i;
            }
        }
        slots[gap] = EMPTY;
    }

    /// Fibonacci hashing: hashes of addresses in a row are neighbours, and their homes are not.
    private int home(int hash) {
        return (hash * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(slots.length - 1);
    }

    private int next(int at) {
        return (at + 1) & (slots.length - 1);
    }

    private int distance(int from, int to) {
        return (to - from) & (slots.length - 1);
    }
}

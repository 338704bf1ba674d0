package wirelab.dhcpserver.engine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;

/// Some of the slots of a [LeaseTable], the one whose lease ends first in front. Confined to one thread.
///
/// A binary heap of (second, slot) in a `long` each. What is taken out, or ends later now, leaves an entry behind that
/// is
/// passed over when it comes to the front; before these become more than the others, the heap is made anew.
final class ExpiryQueue {
    private static final int SLOT_BITS = 24;
    private static final long LATEST = (1L << (63 - SLOT_BITS)) - 1;
    private static final int SMALLEST = 64;

    private final LeaseTable table;
    private final BitSet members = new BitSet();
    private long[] heap = new long[SMALLEST];
    private int entries;
    private int size;

    ExpiryQueue(LeaseTable table) {
        this.table = table;
    }

    int size() {
        return size;
    }

    /// Whether it was not there before.
    boolean add(int slot) {
        if (members.get(slot)) {
            return false;
        }
        members.set(slot);
        size++;
        push(entry(slot));
        return true;
    }

    /// Whether it was there. To be called while the lease in the slot is still the one that was added.
    boolean remove(int slot) {
        if (!members.get(slot)) {
            return false;
        }
        members.clear(slot);
        size--;
        return true;
    }

    /// The slot in front.
    OptionalInt first() {
        while (entries > 0 && !isValid(heap[0])) {
            pop();
        }
        return entries == 0 ? OptionalInt.empty() : OptionalInt.of(slot(heap[0]));
    }

    private long entry(int slot) {
        return (Math.clamp(table.expirySecond(slot), 0, LATEST) << SLOT_BITS) | slot;
    }

    private static int slot(long entry) {
        return (int) (entry & ((1 << SLOT_BITS) - 1));
    }

    private boolean isValid(long entry) {
        int slot = slot(entry);
        return members.get(slot) && entry == entry(slot);
    }

    private void push(long entry) {
        if (entries == heap.length) {
            tidy();
        }
        int at = entries++;
        while (at > 0 && heap[(at - 1) / 2] > entry) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = entry;
    }

    /// Entries that are passed over go; the array is half empty afterwards. A sorted array is a heap.
    private void tidy() {
        var valid = Arrays.stream(heap, 0, entries)
                .filter(this::isValid)
                .distinct()
                .sorted()
                .toArray();
        entries = valid.length;
        heap = Arrays.copyOf(valid, Math.max(SMALLEST, 2 * valid.length));
    }

    private void pop() {
        long last = heap[--entries];
        int at = 0;
        for (int child = 1; child < entries; child = 2 * at + 1) {
            if (child + 1 < entries && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= last) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        if (entries > 0) {
            heap[at] = last;
        }
    }
}

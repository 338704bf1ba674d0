package wirelab.rudp.transport;

import java.util.Arrays;

/// Disjoint runs of octets, from `start` up to, and without, `end`, in order. Confined to one thread.
final class RangeSet {
    private long[] starts = new long[8];
    private long[] ends = new long[8];
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long firstStart() {
        return starts[0];
    }

    long firstEnd() {
        return ends[0];
    }

    void removeFirst() {
        remove(0, 1);
    }

    /// Adds a run; what overlaps or touches becomes one.
    void add(long start, long end) {
        int from = firstEndingAtOrAfter(start);
        int to = from;
        long low = start;
        long high = end;
        while (to < size && starts[to] <= end) {
            low = Math.min(low, starts[to]);
            high = Math.max(high, ends[to]);
            to++;
        }
        if (to == from) {
            insert(from);
        } else {
            remove(from + 1, to);
        }
        starts[from] = low;
        ends[from] = high;
    }

    private int firstEndingAtOrAfter(long start) {
        if (size == 0 || ends[size - 1] < start) {
            return size;
        }
        int found = Arrays.binarySearch(ends, 0, size, start);
        return found < 0 ? -found - 1 : found;
    }

    private void insert(int at) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        System.arraycopy(starts, at, starts, at + 1, size - at);
        System.arraycopy(ends, at, ends, at + 1, size - at);
        size++;
    }

    private void remove(int from, int to) {
        System.arraycopy(starts, to, starts, from, size - to);
        System.arraycopy(ends, to, ends, from, size - to);
        size -= to - from;
    }
}

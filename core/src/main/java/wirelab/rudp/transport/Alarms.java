package wirelab.rudp.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Who wants to be woken when: a binary heap whose entries know their places. Confined to one thread.
final class Alarms {
    /// Somebody with an alarm.
    static class Entry {
        private long alarm = Long.MAX_VALUE;
        private int place = -1;
    }

    private @Nullable Entry[] heap = new @Nullable Entry[16];
    private int size;

    /// The earliest alarm; `Long.MAX_VALUE` if there is none.
    long next() {
        var first = heap[0];
        return size == 0 || first == null ? Long.MAX_VALUE : first.alarm;
    }

    /// Who has the earliest alarm.
    @Nullable
    Entry first() {
        return heap[0];
    }

    /// Sets an alarm, or moves it.
    void set(Entry entry, long alarm) {
        if (entry.place < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            put(size++, entry);
        }
        entry.alarm = alarm;
        up(entry);
        down(entry);
    }

    void remove(Entry entry) {
        if (entry.place < 0) {
            return;
        }
        int hole = entry.place;
        entry.place = -1;
        var moved = heap[--size];
        heap[size] = null;
        if (moved != null && hole < size) {
            put(hole, moved);
            up(moved);
            down(moved);
        }
    }

    private void up(Entry entry) {
        while (entry.place > 0) {
            var parent = heap[(entry.place - 1) / 2];
            if (parent == null || parent.alarm <= entry.alarm) {
                return;
            }
            swap(entry, parent);
        }
    }

    private void down(Entry entry) {
        while (true) {
            int child = entry.place * 2 + 1;
            var left = child < size ? heap[child] : null;
            var right = child + 1 < size ? heap[child + 1] : null;
            var least = left != null && right != null && right.alarm < left.alarm ? right : left;
            if (least == null || least.alarm >= entry.alarm) {
                return;
            }
            swap(entry, least);
        }
    }

    private void swap(Entry one, Entry other) {
        int place = one.place;
        put(other.place, one);
        put(place, other);
    }

    private void put(int place, Entry entry) {
        heap[place] = entry;
        entry.place = place;
    }
}

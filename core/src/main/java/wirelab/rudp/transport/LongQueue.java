package wirelab.rudp.transport;

/// Numbers, first in, first out. Grows as needed. Confined to one thread.
final class LongQueue {
    private long[] numbers = new long[16];
    private int head;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    long first() {
        return numbers[head];
    }

    void add(long number) {
        if (size == numbers.length) {
            var grown = new long[size * 2];
            for (int i = 0; i < size; i++) {
                grown[i] = numbers[head + i & size - 1];
            }
            numbers = grown;
            head = 0;
        }
        numbers[head + size & numbers.length - 1] = number;
        size++;
    }

    long removeFirst() {
        long number = numbers[head];
        head = head + 1 & numbers.length - 1;
        size--;
        return number;
    }
}

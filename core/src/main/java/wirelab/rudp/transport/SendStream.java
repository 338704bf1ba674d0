package wirelab.rudp.transport;

import java.nio.ByteBuffer;

/// The sending half of a stream. Confined to one thread.
final class SendStream {
    private final OctetRing octets = new OctetRing();
    private final Segments segments = new Segments();
    private final LongQueue copies = new LongQueue();
    /// Octets before `acked` are gone, before `sent` under way, before `written` waiting.
    private long acked;

    private long sent;
    private long written;
    private long credit;
    private boolean finished;
    private boolean finSent;

    SendStream(long credit) {
        this.credit = credit;
    }

    /// Takes what fits into a buffer of `limit` octets.
    ///
    /// @return how many octets were taken
    int write(ByteBuffer from, long limit) {
        if (finished) {
            throw new IllegalStateException("a stream that was finished takes no more octets");
        }
        int taken = Math.clamp(limit - (written - acked), 0, from.remaining());
        octets.reserve(acked, written, written + taken);
        octets.put(written, from, taken);
        written += taken;
        return taken;
    }

    void finish() {
        finished = true;
    }

    /// The other end takes octets up to `limit`; one that is lower than before is old.
    void credit(long limit) {
        credit = Math.max(credit, limit);
    }

    long buffered() {
        return written - acked;
    }

    long sent() {
        return sent;
    }

    boolean hasLost() {
        return segments.firstLost() >= 0;
    }

    /// Sends the piece once more, although it is not known to be lost, when there is nothing better to send.
    void copy(long segment) {
        copies.add(segment);
    }

    /// The piece to send once more, or -1.
    long firstCopy() {
        while (!copies.isEmpty() && segments.isAcked(copies.first())) {
            copies.removeFirst();
        }
        return copies.isEmpty() ? -1 : copies.first();
    }

    /// It goes out.
    void removeCopy() {
        copies.removeFirst();
    }

    /// Whether there is something to send, so far as the other end's limits let.
    boolean hasWork(long connectionCredit) {
        return hasLost() || hasNew(connectionCredit) || firstCopy() >= 0;
    }

    /// Whether there is something that was never sent and may be.
    boolean hasNew(long connectionCredit) {
        return !segments.isFull() && ((sent < written && sent < credit && connectionCredit > 0) || finIsDue());
    }

    /// Whether nothing waits that was never sent, allowed or not.
    boolean allSent() {
        return sent == written && (!finished || finSent);
    }

    boolean hasUnacked() {
        return !segments.isEmpty();
    }

    /// Whether the other end has it all, the end included.
    boolean isDone() {
        return finSent && segments.isEmpty() && sent == written;
    }

    private boolean finIsDue() {
        return finished && !finSent && sent == written;
    }

    /// The lost piece to send next, or -1.
    long firstLost() {
        return segments.firstLost();
    }

    /// The oldest piece under way, or -1.
    long oldestUnacked() {
        return segments.isEmpty() ? -1 : segments.first();
    }

    /// Cuts a new piece of at most `room` octets for packet `carrier`.
    long cut(int room, long connectionCredit, long carrier) {
        int length = (int) Math.min(Math.min(room, written - sent), Math.min(credit - sent, connectionCredit));
        length = Math.max(0, length);
        boolean fin = finished && sent + length == written;
        long segment = segments.add(sent, length, fin, carrier);
        sent += length;
        finSent |= fin;
        return segment;
    }

    void sentAgain(long segment, long carrier) {
        segments.sentAgain(segment, carrier);
    }

    long offset(long segment) {
        return segments.offset(segment);
    }

    int length(long segment) {
        return segments.length(segment);
    }

    boolean fin(long segment) {
        return segments.fin(segment);
    }

    boolean isAcked(long segment) {
        return segments.isAcked(segment);
    }

    void copy(long segment, ByteBuffer to) {
        octets.get(segments.offset(segment), to, segments.length(segment));
    }

    void acked(long segment) {
        segments.acked(segment);
        acked = segments.isEmpty() ? sent : segments.offset(segments.first());
        if (isDone()) {
            octets.clear();
        }
    }

    int memory() {
        return octets.capacity();
    }

    /// Gives the memory back; nothing can be sent any more.
    void release() {
        octets.clear();
    }

    boolean lost(long segment, long carrier) {
        return segments.lost(segment, carrier);
    }
}

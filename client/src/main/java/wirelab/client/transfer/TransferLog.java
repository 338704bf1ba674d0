package wirelab.client.transfer;

import java.net.InetSocketAddress;
import java.time.Duration;
import wirelab.rudp.transport.PacketType;
import wirelab.rudp.transport.TransportObserver;
import wirelab.rudp.transport.Verdict;

/// What one end saw of a transfer, by time. Confined to one thread.
///
/// It takes no more than a few megabytes, however long the transfer is. Where one connection goes on from another, both
/// are in it.
public final class TransferLog implements TransportObserver, TransportObserver.Factory {
    final long start;
    /// Octets of the file, in order.
    final Bins goodput;
    /// Octets of UDP payload.
    final Bins sent;
    final Bins received;
    final Bins acked;
    /// Packets of this end's.
    final Bins lost;
    final Bins late;
    final Bins probes;
    /// Packets of the other end's whose numbers were passed over, that came after a later one, and that came again.
    final Bins missing;
    final Bins overtaken;
    final Bins repeated;
    final Samples rtt = new Samples();
    final Samples smoothedRtt = new Samples();
    final Samples leastRtt = new Samples();
    final Samples window = new Samples();
    final Samples inFlight = new Samples();
    final Samples pacing = new Samples();
    private long highest = -1;
    private long deliveredAt;
    private long longestStall;

    /// @param start in nanoseconds of the clock that the events are told by
    public TransferLog(long start) {
        this.start = start;
        this.deliveredAt = start;
        this.goodput = new Bins(start);
        this.sent = new Bins(start);
        this.received = new Bins(start);
        this.acked = new Bins(start);
        this.lost = new Bins(start);
        this.late = new Bins(start);
        this.probes = new Bins(start);
        this.missing = new Bins(start);
        this.overtaken = new Bins(start);
        this.repeated = new Bins(start);
    }

    @Override
    public TransportObserver of(InetSocketAddress peer, long clientId, long now) {
        highest = -1;
        return this;
    }

    /// Octets of the file went to whoever reads it.
    public void delivered(long now, long octets) {
        longestStall = Math.max(longestStall, now - deliveredAt);
        deliveredAt = now;
        goodput.add(now, octets);
    }

    /// It was broken off: the time since the last octet is a stall, too, and belongs to the picture.
    public void brokenOff(long now) {
        delivered(now, 0);
    }

    /// Octets of the file that came.
    public long octets() {
        return goodput.total();
    }

    /// The longest time in which nothing went there, the time before the first octet included.
    public Duration longestStall() {
        return Duration.ofNanos(longestStall);
    }

    @Override
    public void sent(long now, PacketType type, long number, int octets, boolean eliciting) {
        sent.add(now, octets);
    }

    @Override
    public void received(long now, long number, int octets, Verdict verdict) {
        if (verdict == Verdict.REPEATED) {
            repeated.add(now, 1);
        } else if (verdict == Verdict.ACCEPTED) {
            received.add(now, octets);
            if (number < highest) {
                overtaken.add(now, 1);
            } else {
                missing.add(now, number - highest - 1);
                highest = number;
            }
        }
    }

    @Override
    public void acked(long now, long number, int octets) {
        acked.add(now, octets);
    }

    @Override
    public void lost(long now, long number, int octets) {
        lost.add(now, 1);
    }

    @Override
    public void spurious(long now, long number) {
        late.add(now, 1);
    }

    @Override
    public void probe(long now, int count) {
        probes.add(now, 1);
    }

    @Override
    public void metrics(
            long now,
            long newest,
            long smoothed,
            long least,
            long congestionWindow,
            long underWay,
            long pacingRate,
            String congestionState) {
        rtt.add(now, newest);
        smoothedRtt.add(now, smoothed);
        leastRtt.add(now, least);
        window.add(now, congestionWindow);
        inFlight.add(now, underWay);
        pacing.add(now, pacingRate);
    }

    /// Whether this end sent more than it received: the one whose window and losses count.
    boolean isSender() {
        return sent.total() > received.total();
    }

    /// How long it all took, in nanoseconds.
    long span() {
        return Math.max(Math.max(sent.span(), received.span()), goodput.span());
    }
}

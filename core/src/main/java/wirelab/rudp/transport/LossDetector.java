package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import wirelab.rudp.congestion.AckSample;
import wirelab.rudp.congestion.CongestionControl;
import wirelab.wire.MalformedException;

/// Finds out what arrived and what was lost, and tells the congestion control. Confined to one thread.
///
/// A packet is lost when one sent three later arrived, or one sent later arrived and it is overdue itself. Where
/// packets
/// overtake each other, both margins grow. A retransmission is a new packet with a number of its own, so that its loss
/// is found like any other's.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9002#section-6 RFC 9002: Loss Detection
final class LossDetector {
    /// Learns the fate of what packets held.
    interface Fates {
        void acked(int slot);

        void lost(int slot, long number);
    }

    private static final int LEAST_THRESHOLD = 3;
    private static final int MOST_THRESHOLD = 1024;
    private static final int EIGHTHS = 8;
    private static final long GRANULARITY = 1_000_000;
    /// A path that did not reorder for so many round trips is taken for one that does not.
    private static final int FORGIVEN_AFTER = 64;

    private final SentPackets sent;
    private final RoundTrip rtt;
    private final CongestionControl congestion;
    private final TransportObserver observer;
    private final Fates fates;

    private long largestAcked = -1;
    /// The newest ACK says nothing of packets below this.
    private long told;
    /// All before it are settled.
    private long unsettled;
    private long lostAndKept;

    private long inFlight;
    private long delivered;
    private long deliveredAt;
    private long lost;
    private long flightAt;
    private long appLimitedUntil;

    private long lossAt = Long.MAX_VALUE;
    private long lastSentAt;
    private int probes;
    private int threshold = LEAST_THRESHOLD;
    private int eighths = 1;
    private long reorderedAt;

    private long acksNow;
    private long ackedNow;
    private long lostNow;
    private long newestLossSentAt;
    private long newestAcked;
    private boolean newestWasNew;

    private long lostPackets;
    private long spuriousPackets;

    LossDetector(
            SentPackets sent, RoundTrip rtt, CongestionControl congestion, TransportObserver observer, Fates fates) {
        this.sent = sent;
        this.rtt = rtt;
        this.congestion = congestion;
        this.observer = observer;
        this.fates = fates;
    }

    long inFlight() {
        return inFlight;
    }

    long largestAcked() {
        return largestAcked;
    }

    long lostPackets() {
        return lostPackets;
    }

    long spuriousPackets() {
        return spuriousPackets;
    }

    long delivered() {
        return delivered;
    }

    /// How often in a row the probe timer went off.
    int probes() {
        return probes;
    }

    /// A packet that asks for an ACK goes out.
    void sent(int slot, int octets, long now) {
        if (inFlight == 0) {
            flightAt = now;
            deliveredAt = now;
        }
        sent.state[slot] = SentPackets.IN_FLIGHT;
        sent.octets[slot] = octets;
        sent.sentAt[slot] = now;
        sent.delivered[slot] = delivered;
        sent.deliveredAt[slot] = deliveredAt;
        sent.lost[slot] = lost;
        sent.flightAt[slot] = flightAt;
        if (appLimitedUntil > delivered) {
            sent.held[slot] |= SentPackets.APP_LIMITED;
        }
        inFlight += octets;
        lastSentAt = now;
        congestion.sent(now, octets, inFlight);
    }

    /// Whether one more packet can be remembered; old losses are forgotten for it.
    boolean hasRoom() {
        if (!sent.hasRoom()) {
            lostAndKept -= sent.forget(Long.MAX_VALUE);
        }
        return sent.hasRoom();
    }

    /// All that is under way was not taken by the other end, as a RETRY says: that is no loss.
    void refused() {
        for (long number = Math.max(unsettled, sent.first()); number < sent.next(); number++) {
            int slot = sent.slot(number);
            if (sent.state[slot] == SentPackets.IN_FLIGHT) {
                sent.state[slot] = SentPackets.GONE;
                inFlight -= sent.octets[slot];
                fates.lost(slot, number);
            }
        }
        probes = 0;
    }

    /// The sender has nothing more to send, though it could: what is measured until all this has arrived is less than
    /// what the path takes.
    void appLimited() {
        appLimitedUntil = Math.max(1, delivered + inFlight);
    }

    /// An ACK came.
    void ack(long largest, long delay, ByteBuffer map, long now) throws MalformedException, ProtocolViolation {
        if (largest >= sent.next()) {
            throw new ProtocolViolation(CloseCode.PROTOCOL_VIOLATION, "an ACK of packet " + largest + ", never sent");
        }
        long before = inFlight;
        acksNow = now;
        ackedNow = 0;
        lostNow = 0;
        newestAcked = -1;
        newestWasNew = false;
        long lowest = AckMap.read(largest, map, this::received);
        if (largest >= largestAcked) {
            told = lowest;
            largestAcked = largest;
        }
        if (newestWasNew && newestAcked == largest) {
            rtt.sample(now - sent.sentAt[sent.slot(largest)], delay);
        }
        if (ackedNow > 0) {
            probes = 0;
        }
        detect(now);
        if (ackedNow > 0 || lostNow > 0) {
            update(before, now);
        }
        lostAndKept -= sent.forget(now - 3 * rtt.probeTimeout(0));
    }

    private void received(long lowest, long highest) {
        // Nothing below can be news, unless something lost is still remembered.
        long from = Math.max(lowest, lostAndKept > 0 ? sent.first() : unsettled);
        for (long number = highest; number >= from; number--) {
            int slot = sent.slot(number);
            if (sent.state[slot] == SentPackets.IN_FLIGHT) {
                acked(number, slot);
            } else if (sent.state[slot] == SentPackets.LOST) {
                spurious(number, slot);
            }
        }
    }

    private void acked(long number, int slot) {
        int octets = sent.octets[slot];
        sent.state[slot] = SentPackets.ACKED;
        inFlight -= octets;
        delivered += octets;
        ackedNow += octets;
        deliveredAt = acksNow;
        if (number > newestAcked) {
            newestAcked = number;
            newestWasNew = true;
        }
        fates.acked(slot);
        observer.acked(acksNow, number, octets);
    }

    /// It was not lost: it was late. The margins must have been too small.
    private void spurious(long number, int slot) {
        sent.state[slot] = SentPackets.ACKED;
        lostAndKept--;
        lost -= sent.octets[slot];
        delivered += sent.octets[slot];
        spuriousPackets++;
        long distance = largestAcked - number;
        threshold = Math.clamp(distance + 1, threshold, MOST_THRESHOLD);
        if (distance < threshold || acksNow - sent.sentAt[slot] > rtt.smoothed()) {
            eighths = Math.min(EIGHTHS, eighths + 1);
        }
        reorderedAt = acksNow;
        congestion.spurious(sent.octets[slot], sent.sentAt[slot]);
        fates.acked(slot);
        observer.spurious(acksNow, number);
    }

    private void detect(long now) {
        if (threshold > LEAST_THRESHOLD && now - reorderedAt > FORGIVEN_AFTER * rtt.smoothed() + 1_000_000_000) {
            threshold = LEAST_THRESHOLD;
            eighths = 1;
        }
        long patience = patience();
        lossAt = Long.MAX_VALUE;
        newestLossSentAt = Long.MIN_VALUE;
        boolean settled = true;
        for (long number = Math.max(unsettled, sent.first()); number <= largestAcked; number++) {
            int slot = sent.slot(number);
            if (sent.state[slot] == SentPackets.IN_FLIGHT) {
                boolean overtaken = number >= told && number <= largestAcked - threshold;
                if (overtaken || now - sent.sentAt[slot] >= patience) {
                    lose(number, slot, now);
                } else {
                    lossAt = Math.min(lossAt, sent.sentAt[slot] + patience);
                    settled = false;
                }
            }
            if (settled) {
                unsettled = number + 1;
            }
        }
    }

    private long patience() {
        long longest = Math.max(rtt.smoothed(), rtt.latest());
        return Math.max(longest + longest * eighths / EIGHTHS, GRANULARITY);
    }

    private void lose(long number, int slot, long now) {
        int octets = sent.octets[slot];
        sent.state[slot] = SentPackets.LOST;
        lostAndKept++;
        inFlight -= octets;
        lostPackets++;
        if ((sent.held[slot] & SentPackets.PATH_PROBE) == 0) {
            lost += octets;
            lostNow += octets;
            newestLossSentAt = Math.max(newestLossSentAt, sent.sentAt[slot]);
        }
        fates.lost(slot, number);
        observer.lost(now, number, octets);
    }

    private void update(long before, long now) {
        long interval = 0;
        long then = 0;
        long intervalDelivered = 0;
        long intervalLost = 0;
        boolean appLimited = false;
        if (newestAcked >= 0) {
            int slot = sent.slot(newestAcked);
            then = sent.delivered[slot];
            intervalDelivered = delivered - then;
            intervalLost = Math.max(0, lost - sent.lost[slot]);
            interval = Math.max(sent.sentAt[slot] - sent.flightAt[slot], deliveredAt - sent.deliveredAt[slot]);
            interval = interval < rtt.least() ? 0 : interval;
            appLimited = (sent.held[slot] & SentPackets.APP_LIMITED) != 0;
            flightAt = sent.sentAt[slot];
        }
        congestion.update(new AckSample(
                now,
                ackedNow,
                lostNow,
                before,
                inFlight,
                rtt.latest(),
                rtt.least(),
                rtt.smoothed(),
                delivered,
                then,
                intervalDelivered,
                intervalLost,
                interval,
                appLimited,
                newestLossSentAt));
        observer.metrics(
                now,
                rtt.latest(),
                rtt.smoothed(),
                rtt.least(),
                congestion.window(),
                inFlight,
                congestion.pacingRate(),
                congestion.state());
    }

    /// When [#timer] is wanted; `Long.MAX_VALUE` for never.
    long deadline() {
        if (lossAt != Long.MAX_VALUE) {
            return lossAt;
        }
        return inFlight == 0 ? Long.MAX_VALUE : lastSentAt + rtt.probeTimeout(probes);
    }

    /// The deadline has passed.
    ///
    /// @return whether to send a probe: a packet that makes the other end say what it has
    boolean timer(long now) {
        if (lossAt != Long.MAX_VALUE) {
            long before = inFlight;
            ackedNow = 0;
            lostNow = 0;
            newestAcked = -1;
            detect(now);
            if (lostNow > 0) {
                update(before, now);
            }
            return false;
        }
        probes++;
        observer.probe(now, probes);
        return true;
    }
}

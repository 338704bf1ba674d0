package wirelab.rudp.transport;

/// Tells two observers. Confined to the connection's thread.
record ObserverPair(TransportObserver first, TransportObserver second) implements TransportObserver {
    @Override
    public void sent(long now, PacketType type, long number, int octets, boolean eliciting) {
        first.sent(now, type, number, octets, eliciting);
        second.sent(now, type, number, octets, eliciting);
    }

    @Override
    public void received(long now, long number, int octets, Verdict verdict) {
        first.received(now, number, octets, verdict);
        second.received(now, number, octets, verdict);
    }

    @Override
    public void acked(long now, long number, int octets) {
        first.acked(now, number, octets);
        second.acked(now, number, octets);
    }

    @Override
    public void lost(long now, long number, int octets) {
        first.lost(now, number, octets);
        second.lost(now, number, octets);
    }

    @Override
    public void spurious(long now, long number) {
        first.spurious(now, number);
        second.spurious(now, number);
    }

    @Override
    public void probe(long now, int count) {
        first.probe(now, count);
        second.probe(now, count);
    }

    @Override
    public void state(long now, ConnectionState before, ConnectionState after) {
        first.state(now, before, after);
        second.state(now, before, after);
    }

    @Override
    public void metrics(
            long now,
            long rtt,
            long smoothedRtt,
            long leastRtt,
            long window,
            long inFlight,
            long pacingRate,
            String congestionState) {
        first.metrics(now, rtt, smoothedRtt, leastRtt, window, inFlight, pacingRate, congestionState);
        second.metrics(now, rtt, smoothedRtt, leastRtt, window, inFlight, pacingRate, congestionState);
    }
}

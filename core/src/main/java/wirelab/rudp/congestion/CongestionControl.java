package wirelab.rudp.congestion;

/// Decides how much may be under way, and how fast it is sent. Confined to one thread.
///
/// Instants and times are nanoseconds, amounts are octets of UDP payload, rates are octets a second.
public interface CongestionControl {
    /// From now on packets have up to so many octets: the path takes longer ones than was known. What counts in packets
    /// counts in these, and at least two of them may be under way.
    void datagram(int octets);

    /// A packet that counts was sent.
    ///
    /// @param inFlight what is under way, this packet included
    void sent(long now, int octets, long inFlight);

    /// Packets arrived, or were found to be lost.
    void update(AckSample sample);

    /// A packet that was taken for lost had arrived after all.
    ///
    /// @param sentAt when that packet was sent
    void spurious(int octets, long sentAt);

    /// How much may be under way.
    long window();

    /// How fast to send; `Long.MAX_VALUE` for as fast as the window lets.
    long pacingRate();

    /// The share of packets that gets lost whatever one does, as far as this algorithm knows; else 0.
    default double baseLoss() {
        return 0;
    }

    /// The algorithm's state, for logs and plots.
    String state();
}

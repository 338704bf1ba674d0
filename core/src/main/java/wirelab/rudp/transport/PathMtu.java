package wirelab.rudp.transport;

/// How long packets may be: as long as the path is known to take them, and longer ones are tried. Confined to one
/// thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8899 RFC 8899: Datagram Packetization Layer Path MTU Discovery
final class PathMtu {
    /// The UDP payload of an Ethernet frame.
    static final int ETHERNET = 1472;

    /// Octets that are tried in this order, up to what the two ends take: an Ethernet frame's, a jumbo frame's, all.
    private static final int[] LADDER = {ETHERNET, 8972, PacketFormat.LONGEST};

    /// So many losses of a probe are no accident: the path does not take it.
    private static final int MOST_PROBES = 8;

    private int known = PacketFormat.LEAST_MAXIMUM;
    private int most = PacketFormat.LEAST_MAXIMUM;
    private boolean underWay;
    private int probes;

    /// Octets of a packet, at most.
    int known() {
        return known;
    }

    /// What both ends take; whether the path does is to be seen.
    void most(int octets) {
        most = octets;
    }

    boolean isProbeDue(ConnectionState state) {
        return state == ConnectionState.ESTABLISHED && known < most && !underWay && probes < MOST_PROBES;
    }

    /// Octets of the next probe.
    int next() {
        for (int rung : LADDER) {
            if (rung > known) {
                return Math.min(rung, most);
            }
        }
        return most;
    }

    /// A probe leaves.
    void sent() {
        underWay = true;
        probes++;
    }

    /// A probe of so many octets arrived.
    void arrived(int octets) {
        underWay = false;
        probes = 0;
        known = Math.max(known, octets);
    }

    void lost() {
        underWay = false;
    }
}

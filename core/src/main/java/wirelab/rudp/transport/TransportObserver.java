package wirelab.rudp.transport;

import java.net.InetSocketAddress;

/// Sees what a connection does, for logs, traces and plots. Called from the connection's thread; must not call back.
///
/// Instants are nanoseconds of the clock that the connection is told, amounts octets of UDP payload.
public interface TransportObserver {
    /// Looks away.
    TransportObserver NONE = new TransportObserver() {};

    /// Gives each connection an observer of its own.
    @FunctionalInterface
    interface Factory {
        /// Gives none to anybody.
        Factory NONE = (_, _, _) -> TransportObserver.NONE;

        /// The observer of a connection that begins.
        ///
        /// @param peer the other end
        /// @param clientId the id that the client chose, which both ends know
        TransportObserver of(InetSocketAddress peer, long clientId, long now);

        /// Both observe each connection, `first` first.
        static Factory both(Factory first, Factory second) {
            return (peer, clientId, now) ->
                    new ObserverPair(first.of(peer, clientId, now), second.of(peer, clientId, now));
        }
    }

    /// A packet goes out.
    ///
    /// @param eliciting whether it asks for an ACK
    default void sent(long now, PacketType type, long number, int octets, boolean eliciting) {}

    /// A datagram came in.
    ///
    /// @param number the packet's number; -1 if it was not read so far
    default void received(long now, long number, int octets, Verdict verdict) {}

    /// A packet of this end's arrived.
    default void acked(long now, long number, int octets) {}

    /// A packet of this end's is taken for lost.
    default void lost(long now, long number, int octets) {}

    /// A packet taken for lost had arrived after all.
    default void spurious(long now, long number) {}

    /// The probe timer went off.
    ///
    /// @param count how often in a row
    default void probe(long now, int count) {}

    /// The connection's state changed.
    default void state(long now, ConnectionState before, ConnectionState after) {}

    /// After each ACK.
    ///
    /// @param rtt the newest round trip
    /// @param window what may be under way
    /// @param pacingRate octets a second
    /// @param congestionState the algorithm's own state
    default void metrics(
            long now,
            long rtt,
            long smoothedRtt,
            long leastRtt,
            long window,
            long inFlight,
            long pacingRate,
            String congestionState) {}
}

package wirelab.rudp.congestion;

/// Makes the congestion control of a connection. Implementations are immutable.
public sealed interface Congestion {
    /// A fresh one.
    ///
    /// @param datagram the longest datagram, in octets
    CongestionControl create(int datagram);

    /// A model of the path: its rate and its shortest round trip. What is lost by chance does not slow it down.
    record Bbr() implements Congestion {
        @Override
        public CongestionControl create(int datagram) {
            return new BbrControl(datagram);
        }
    }

    /// Always the same.
    ///
    /// @param window octets under way at most
    /// @param rate octets a second; `Long.MAX_VALUE` for no pacing
    record Fixed(long window, long rate) implements Congestion {
        @Override
        public CongestionControl create(int datagram) {
            return new FixedControl(window, rate);
        }
    }
}

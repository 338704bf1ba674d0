package wirelab.rudp.congestion;

/// Makes the congestion control of a connection. Those of this package are immutable.
@FunctionalInterface
public interface Congestion {
    /// A fresh one.
    ///
    /// @param datagram the longest datagram, in octets
    CongestionControl create(int datagram);

    /// The one of that name: `bbr`, `cubic` or `newreno`.
    ///
    /// @throws IllegalArgumentException if there is no such
    static Congestion named(String name) {
        return switch (name) {
            case "bbr" -> new Bbr();
            case "cubic" -> new Cubic();
            case "newreno" -> new NewReno();
            default ->
                throw new IllegalArgumentException(
                        "no congestion control is called '" + name + "': use bbr, cubic or newreno");
        };
    }

    /// A model of the path: its rate and its shortest round trip. What is lost by chance does not slow it down.
    record Bbr() implements Congestion {
        @Override
        public CongestionControl create(int datagram) {
            return new BbrControl(datagram);
        }
    }

    /// What TCP does by default.
    record Cubic() implements Congestion {
        @Override
        public CongestionControl create(int datagram) {
            return new CubicControl(datagram);
        }
    }

    /// What TCP did before.
    record NewReno() implements Congestion {
        @Override
        public CongestionControl create(int datagram) {
            return new NewRenoControl(datagram);
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

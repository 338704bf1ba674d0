package wirelab.rudp.congestion;

import java.util.regex.Pattern;

/// Makes the congestion control of a connection. Those of this package are immutable.
@FunctionalInterface
public interface Congestion {
    /// A fresh one.
    ///
    /// @param datagram the longest datagram, in octets
    CongestionControl create(int datagram);

    /// The one of that name: `bbr`, `cubic`, `newreno`, or `fixed`, which may be followed by a rate and a window in
    /// octets, as `fixed:10mbit/64000`. The others' `toString` gives the name back.
    ///
    /// @throws IllegalArgumentException if there is no such; the message says what there is
    static Congestion named(String name) {
        return switch (name) {
            case "bbr" -> new Bbr();
            case "cubic" -> new Cubic();
            case "newreno" -> new NewReno();
            case "fixed" -> Fixed.DEFAULT;
            default -> Fixed.parse(name);
        };
    }

    /// A model of the path: its rate and its shortest round trip. What is lost by chance does not slow it down.
    record Bbr() implements Congestion {
        @Override
        public CongestionControl create(int datagram) {
            return new BbrControl(datagram);
        }

        @Override
        public String toString() {
            return "bbr";
        }
    }

    /// What TCP does by default.
    record Cubic() implements Congestion {
        @Override
        public CongestionControl create(int datagram) {
            return new CubicControl(datagram);
        }

        @Override
        public String toString() {
            return "cubic";
        }
    }

    /// What TCP did before.
    record NewReno() implements Congestion {
        @Override
        public CongestionControl create(int datagram) {
            return new NewRenoControl(datagram);
        }

        @Override
        public String toString() {
            return "newreno";
        }
    }

    /// Always the same.
    ///
    /// @param window octets under way at most
    /// @param rate octets a second; `Long.MAX_VALUE` for no pacing
    record Fixed(long window, long rate) implements Congestion {
        /// 100 Mbit/s, and so much under way as goes with a round trip of 80 ms.
        static final Fixed DEFAULT = new Fixed(1_000_000, 12_500_000);

        private static final int BITS = 8;
        private static final long LEAST_RATE = 1_000 / BITS;
        private static final long MOST_RATE = 100_000_000_000L / BITS;
        /// Two datagrams that fit an Ethernet frame: with less, nothing would ever go.
        private static final long LEAST_WINDOW = 3_000;

        private static final long MOST_WINDOW = 1 << 24;
        private static final Pattern FORM = Pattern.compile("fixed:(\\d{1,9})([kmg]bit)/(\\d{1,9})");

        private static Fixed parse(String text) {
            var match = FORM.matcher(text);
            if (!match.matches()) {
                throw new IllegalArgumentException("'" + text
                        + "' is no congestion control: use bbr, cubic, newreno, or fixed:RATE/WINDOW as"
                        + " fixed:10mbit/64000");
            }
            long unit = switch (match.group(2)) {
                case "kbit" -> 1_000;
                case "mbit" -> 1_000_000;
                default -> 1_000_000_000;
            };
            long rate = Long.parseLong(match.group(1)) * unit / BITS;
            long window = Long.parseLong(match.group(3));
            if (rate < LEAST_RATE || rate > MOST_RATE) {
                throw new IllegalArgumentException("'" + text + "': the rate is from 1kbit to 100gbit");
            }
            if (window < LEAST_WINDOW || window > MOST_WINDOW) {
                throw new IllegalArgumentException(
                        "'" + text + "': the window is from " + LEAST_WINDOW + " to " + MOST_WINDOW + " octets");
            }
            return new Fixed(window, rate);
        }

        @Override
        public CongestionControl create(int datagram) {
            return new FixedControl(window, rate);
        }

        @Override
        public String toString() {
            var pace = rate == Long.MAX_VALUE ? "unpaced" : rate * BITS / 1_000 + "kbit";
            return "fixed:" + pace + "/" + window;
        }
    }
}

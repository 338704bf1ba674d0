package wirelab.daemon;

import java.net.InetSocketAddress;

/// What carries a message.
public enum Transport {
    UDP,
    TCP;

    /// As `127.0.0.1:53/udp`.
    public String describe(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort()
                + switch (this) {
                    case UDP -> "/udp";
                    case TCP -> "/tcp";
                };
    }
}

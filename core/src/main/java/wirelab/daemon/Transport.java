package wirelab.daemon;

import java.net.InetSocketAddress;

/// What carries a message.
public enum Transport {
    UDP,
    TCP;

    /// As `127.0.0.1:53/udp`.
    public String describe(InetSocketAddress address) {
        return endpoint(address)
                + switch (this) {
                    case UDP -> "/udp";
                    case TCP -> "/tcp";
                };
    }

    /// As `127.0.0.1:53`, where it is plain what carries the message.
    public static String endpoint(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}

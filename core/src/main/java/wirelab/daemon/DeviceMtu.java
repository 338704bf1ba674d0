package wirelab.daemon;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.function.Predicate;

/// How long a datagram may be that leaves an address of this machine in one piece.
public final class DeviceMtu {
    /// The UDP payload of an Ethernet frame, in octets.
    public static final int ETHERNET_PAYLOAD = 1500 - 28;

    /// Octets of the headers of IPv4, without options, and UDP.
    private static final int HEADERS = 28;

    private DeviceMtu() {}

    /// The longest UDP payload that the device with this address takes: 1472 octets on Ethernet, 65,507 on the
    /// loopback.
    /// What the path takes further on may be less.
    ///
    /// @param local 0.0.0.0 for the device that takes the longest
    /// @return [#ETHERNET_PAYLOAD] if the system does not tell
    public static int payload(InetAddress local) {
        try {
            int mtu = longest(device -> carries(device, local));
            return mtu <= HEADERS ? ETHERNET_PAYLOAD : Math.min(mtu - HEADERS, UdpSocket.MAX_PAYLOAD);
        } catch (SocketException _) {
            return ETHERNET_PAYLOAD;
        }
    }

    private static int longest(Predicate<NetworkInterface> which) throws SocketException {
        int longest = 0;
        for (var device : NetworkInterface.networkInterfaces().filter(which).toList()) {
            longest = Math.max(longest, device.isUp() ? device.getMTU() : 0);
        }
        return longest;
    }

    private static boolean carries(NetworkInterface device, InetAddress local) {
        // All of 127/8 is the loopback's, which names one address of it.
        return local.isAnyLocalAddress()
                || device.inetAddresses().anyMatch(own -> own.equals(local))
                || (local.isLoopbackAddress() && device.inetAddresses().anyMatch(InetAddress::isLoopbackAddress));
    }
}

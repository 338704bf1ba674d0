package wirelab.daemon;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Where a UDP socket is bound, and how. Immutable.
///
/// @param address the address and port; 0.0.0.0 is needed to hear broadcasts
/// @param device the interface it keeps to (`SO_BINDTODEVICE`); only the Linux make honours it
/// @param source the address that its packets leave from, where `address` is 0.0.0.0
/// @param broadcast whether it may send to a broadcast address
/// @param reusePort whether several sockets share the port (`SO_REUSEPORT`)
/// @param unfragmented whether a datagram that is too long for a network on its way is lost there, rather than cut
///     (`IP_PMTUDISC_PROBE`); only the Linux make honours it
public record UdpBinding(
        InetSocketAddress address,
        Optional<String> device,
        Optional<Inet4Address> source,
        boolean broadcast,
        boolean reusePort,
        boolean unfragmented) {

    public static UdpBinding to(InetSocketAddress address) {
        return new UdpBinding(address, Optional.empty(), Optional.empty(), false, false, false);
    }

    public UdpBinding onDevice(String name) {
        return new UdpBinding(address, Optional.of(name), source, broadcast, reusePort, unfragmented);
    }

    public UdpBinding sendingFrom(Inet4Address from) {
        return new UdpBinding(address, device, Optional.of(from), broadcast, reusePort, unfragmented);
    }

    public UdpBinding withBroadcast() {
        return new UdpBinding(address, device, source, true, reusePort, unfragmented);
    }

    public UdpBinding sharingPort() {
        return new UdpBinding(address, device, source, broadcast, true, unfragmented);
    }

    public UdpBinding withoutFragments() {
        return new UdpBinding(address, device, source, broadcast, reusePort, true);
    }
}

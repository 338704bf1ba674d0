package wirelab.daemon;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What waits for `sendmmsg`. Confined to one thread.
///
/// ```
/// cmsg IP_PKTINFO (32 octets):  0 len=28  8 level=0   12 type=8    16 ifindex  20 spec_dst  24 addr
/// cmsg UDP_SEGMENT (24):        0 len=18  8 level=17  12 type=103  16 octets of each datagram, two octets long
/// ```
final class OutgoingMessages {
    private static final int IP_PKTINFO = 8;
    private static final int PACKET_INFO_SIZE = 32;
    private static final int SEGMENT_SIZE = 24;

    private final LinuxMessages messages;
    /// Octets of control message that each message has, whether it is a train or not.
    private final int always;

    /// @param source the address that each message leaves from; the kernel chooses without one
    OutgoingMessages(Arena arena, int count, Optional<Inet4Address> source) {
        messages = new LinuxMessages(arena, count, UdpSocket.MAX_PAYLOAD);
        always = source.isPresent() ? PACKET_INFO_SIZE : 0;
        for (int i = 0; i < count; i++) {
            var control = messages.control(i);
            source.ifPresent(address -> putPacketInfo(control, address));
            putSegment(control.asSlice(always));
        }
    }

    private static void putPacketInfo(MemorySegment control, Inet4Address source) {
        control.set(JAVA_LONG, 0, 28);
        control.set(JAVA_INT, 8, 0);
        control.set(JAVA_INT, 12, IP_PKTINFO);
        control.asSlice(20, 4).copyFrom(MemorySegment.ofArray(source.getAddress()));
    }

    private static void putSegment(MemorySegment control) {
        control.set(JAVA_LONG, 0, 18);
        control.set(JAVA_INT, 8, LinuxMessages.IPPROTO_UDP);
        control.set(JAVA_INT, 12, LinuxMessages.UDP_SEGMENT);
    }

    MemorySegment headersFrom(int index) {
        return messages.headersFrom(index);
    }

    InetSocketAddress peer(int index) {
        return messages.peer(index);
    }

    /// Where a payload may be written before it is put.
    ByteBuffer room(int index) {
        return messages.payload(index).clear();
    }

    /// A single datagram.
    void put(int index, ByteBuffer payload, InetSocketAddress to) {
        messages.put(index, payload, to);
        messages.controlLength(index, always);
    }

    /// Datagrams of `size` octets each, but for the last.
    void putTrain(int index, ByteBuffer payload, int size, InetSocketAddress to) {
        messages.put(index, payload, to);
        messages.control(index).set(JAVA_SHORT, always + 16L, (short) size);
        messages.controlLength(index, always + (long) SEGMENT_SIZE);
    }

    boolean isTrain(int index) {
        return messages.controlLength(index) > always;
    }
}

package wirelab.daemon;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Room for what `recvmmsg` brings, and the way to take it apart. Confined to one thread.
///
/// ```
/// cmsg UDP_GRO (24 octets): 0 len=20  8 level=17  12 type=104  16 octets of each datagram but the last
/// ```
final class IncomingMessages {
    private final LinuxMessages messages;

    IncomingMessages(Arena arena, int count) {
        messages = new LinuxMessages(arena, count, UdpSocket.MAX_PAYLOAD);
        for (int i = 0; i < count; i++) {
            messages.reset(i);
        }
    }

    MemorySegment headers() {
        return messages.headers();
    }

    /// Hands over the datagrams of the first `count` messages.
    ///
    /// @return how many there were
    int deliver(int count, UdpSocket.Receiver receiver) {
        int datagrams = 0;
        for (int i = 0; i < count; i++) {
            datagrams += deliverOne(i, receiver);
            messages.reset(i);
        }
        return datagrams;
    }

    private int deliverOne(int index, UdpSocket.Receiver receiver) {
        var train = messages.received(index);
        var peer = messages.peer(index);
        int end = train.limit();
        int size = segmentSize(index);
        if (size == 0 || size >= end) {
            receiver.receive(train, peer);
            return 1;
        }
        int datagrams = 0;
        for (int at = 0; at < end; at += size) {
            // The receiver moves position and limit as it likes.
            train.limit(Math.min(at + size, end)).position(at);
            receiver.receive(train, peer);
            datagrams++;
        }
        return datagrams;
    }

    /// Octets of each datagram of a train; 0 if the message is a single one.
    private int segmentSize(int index) {
        if (messages.controlLength(index) < 20) {
            return 0;
        }
        var control = messages.control(index);
        boolean isSize = control.get(JAVA_LONG, 0) == 20
                && control.get(JAVA_INT, 8) == LinuxMessages.IPPROTO_UDP
                && control.get(JAVA_INT, 12) == LinuxMessages.UDP_GRO;
        return isSize ? control.get(JAVA_INT, 16) : 0;
    }
}

package wirelab.daemon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/// A bound UDP socket that reads and writes in batches. Confined to one thread, but for [#wakeup].
///
/// Two makes: [LinuxUdpSocket] takes a batch from the kernel, or gives it one, in one system call;
/// [DatagramChannelSocket] works anywhere.
public interface UdpSocket extends AutoCloseable {
    /// The longest UDP payload over IPv4, in octets.
    int MAX_PAYLOAD = 65_507;

    /// Takes one datagram; neither argument may be kept: the buffer is overwritten by the next batch.
    @FunctionalInterface
    interface Receiver {
        void receive(ByteBuffer payload, InetSocketAddress from);
    }

    InetSocketAddress localAddress();

    /// Waits until datagrams are there, and hands them over: a bounded batch, so that timers get their turn. Not for a
    /// virtual thread, whose carrier the kernel's own call would hold.
    ///
    /// @param timeout how long to wait at most; zero or less only looks
    /// @return how many datagrams there were; 0 after the timeout or [#wakeup]
    int receive(Duration timeout, Receiver receiver) throws IOException;

    /// A place to write in what the next [#send] or [#sendTrain] takes, which spares it its copy. Good until
    /// one of them, or [#flush].
    ///
    /// @return empty, with room for [#MAX_PAYLOAD] octets
    ByteBuffer room();

    /// Takes a copy of what remains of `payload`, to be sent by [#flush] or when a batch is full.
    void send(ByteBuffer payload, InetSocketAddress to) throws IOException;

    /// Takes a copy of a train of datagrams to one peer: each has `size` octets, but for the last, which may have less.
    /// Linux sends it as one, and cuts it where it leaves; elsewhere it is as if each had been given to [#send].
    ///
    /// @param payload at most 64 datagrams and [#MAX_PAYLOAD] octets
    void sendTrain(ByteBuffer payload, int size, InetSocketAddress to) throws IOException;

    /// Gives a train's datagrams to `socket` one by one.
    static void sendSingly(UdpSocket socket, ByteBuffer payload, int size, InetSocketAddress to) throws IOException {
        int end = payload.limit();
        for (int at = payload.position(); at < end; at += size) {
            socket.send(payload.limit(Math.min(at + size, end)).position(at), to);
        }
    }

    /// Sends what waits. A datagram that the kernel refuses does not hold up the others.
    ///
    /// @throws IOException that names the first datagram refused, once all were tried
    void flush() throws IOException;

    /// Ends a [#receive] that waits, or the next one. For any thread.
    void wakeup();

    @Override
    void close();

    /// Opens the make that is best here.
    ///
    /// @throws IOException if the address cannot be bound; [BindFailure] explains it
    static UdpSocket open(UdpBinding binding) throws IOException {
        if (LinuxSockets.available()) {
            return LinuxUdpSocket.bind(binding);
        }
        LoggerFactory.getLogger(UdpSocket.class).info("udp without batches: no Linux system calls here");
        return DatagramChannelSocket.bind(binding);
    }

    /// Opens a socket with one peer: what others send does not come in. "Port unreachable" of ICMP does, as a
    /// [java.net.PortUnreachableException] of the next call. It is the JDK's own make, which starts sooner:
    /// for a few datagrams.
    ///
    /// @throws java.net.NoRouteToHostException if there is no way to the peer
    /// @throws IOException if the address cannot be bound; [BindFailure] explains it
    static UdpSocket connect(InetSocketAddress local, InetSocketAddress peer) throws IOException {
        return DatagramChannelSocket.connect(local, peer);
    }
}

package wirelab.rudp.transport;

import java.time.Duration;
import wirelab.rudp.congestion.Congestion;

/// How an end behaves. Immutable.
///
/// @param maxDatagram the longest datagram to send and to take, in octets of UDP payload: 1200 to 65507; 1472 fits an
///     Ethernet frame. It is tried before it is used
/// @param receiveWindow octets that are kept for the reader at most, of all streams together
/// @param sendBuffer octets that are kept until they are acknowledged at most, of all streams together
/// @param maxStreams how many streams the other end may have open at once
/// @param idleTimeout after so long without a packet the connection is over; the shorter one of both ends counts
/// @param handshakeTimeout how long the other end may take to answer at first
/// @param keepAlive a PING after so long without a packet keeps the connection; zero for none
/// @param congestion how much is sent, and how fast
public record TransportConfig(
        int maxDatagram,
        int receiveWindow,
        int sendBuffer,
        int maxStreams,
        Duration idleTimeout,
        Duration handshakeTimeout,
        Duration keepAlive,
        Congestion congestion) {
    /// Less is not allowed, so that a client may send so much before it knows the server's limits.
    public static final int LEAST_WINDOW = 1 << 16;

    private static final int MOST_WINDOW = 1 << 29;

    public static final TransportConfig DEFAULT = new TransportConfig(
            1472,
            1 << 24,
            1 << 24,
            64,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ZERO,
            new Congestion.Bbr());

    public TransportConfig {
        require(maxDatagram, PacketFormat.LEAST_MAXIMUM, PacketFormat.LONGEST, "a datagram's octets");
        require(receiveWindow, LEAST_WINDOW, MOST_WINDOW, "the receive window");
        require(sendBuffer, LEAST_WINDOW, MOST_WINDOW, "the send buffer");
        require(maxStreams, 1, 1 << 16, "the number of streams");
        require(idleTimeout.toMillis(), 1, Frame.LONGEST_IDLE_MILLIS, "the idle time-out in milliseconds");
        require(handshakeTimeout.toMillis(), 1, Frame.LONGEST_IDLE_MILLIS, "the handshake time-out in milliseconds");
        require(keepAlive.toMillis(), 0, Frame.LONGEST_IDLE_MILLIS, "the keep-alive time in milliseconds");
    }

    public TransportConfig withMaxDatagram(int octets) {
        return new TransportConfig(
                octets, receiveWindow, sendBuffer, maxStreams, idleTimeout, handshakeTimeout, keepAlive, congestion);
    }

    public TransportConfig withReceiveWindow(int octets) {
        return new TransportConfig(
                maxDatagram, octets, sendBuffer, maxStreams, idleTimeout, handshakeTimeout, keepAlive, congestion);
    }

    public TransportConfig withSendBuffer(int octets) {
        return new TransportConfig(
                maxDatagram, receiveWindow, octets, maxStreams, idleTimeout, handshakeTimeout, keepAlive, congestion);
    }

    public TransportConfig withMaxStreams(int most) {
        return new TransportConfig(
                maxDatagram, receiveWindow, sendBuffer, most, idleTimeout, handshakeTimeout, keepAlive, congestion);
    }

    public TransportConfig withTimeouts(Duration idle, Duration handshake) {
        return new TransportConfig(
                maxDatagram, receiveWindow, sendBuffer, maxStreams, idle, handshake, keepAlive, congestion);
    }

    public TransportConfig withKeepAlive(Duration after) {
        return new TransportConfig(
                maxDatagram, receiveWindow, sendBuffer, maxStreams, idleTimeout, handshakeTimeout, after, congestion);
    }

    public TransportConfig withCongestion(Congestion control) {
        return new TransportConfig(
                maxDatagram, receiveWindow, sendBuffer, maxStreams, idleTimeout, handshakeTimeout, keepAlive, control);
    }

    /// What the other end is told.
    Parameters parameters() {
        return new Parameters(
                maxDatagram,
                Math.min(receiveWindow, InitialWindow.CONNECTION),
                Math.min(receiveWindow, InitialWindow.STREAM),
                maxStreams,
                idleTimeout.toMillis());
    }

    /// Windows before anything was read; they grow with the reader.
    static final class InitialWindow {
        static final int STREAM = 1 << 23;
        static final int CONNECTION = 3 << 22;

        private InitialWindow() {}
    }

    private static void require(long value, long least, long most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is from " + least + " to " + most + ", not " + value);
        }
    }
}

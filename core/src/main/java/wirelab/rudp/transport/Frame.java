package wirelab.rudp.transport;

import java.util.List;
import wirelab.wire.Bytes;

/// One of the things that a packet holds. Immutable.
///
/// The engine reads and writes frames where they lie, without these records; tests and tools have them from
/// [PacketCodec].
public sealed interface Frame {
    /// The largest id of a stream.
    int LAST_STREAM = (1 << 30) - 1;
    /// The longest token, in octets.
    int LONGEST_TOKEN = 64;
    /// The longest reason for a close, in octets of UTF-8.
    int LONGEST_REASON = 256;
    /// The longest idle time-out that can be asked for.
    long LONGEST_IDLE_MILLIS = 86_400_000;

    /// The type octets. STREAM's lowest bit is FIN.
    int PADDING = 0x00;
    int PING = 0x01;
    int ACK = 0x02;
    int OPEN = 0x03;
    int ACCEPT = 0x04;
    int MAX_DATA = 0x05;
    int MAX_STREAM_DATA = 0x06;
    int MAX_STREAMS = 0x07;
    int TOKEN = 0x08;
    int CLOSE = 0x09;
    int STREAM = 0x10;
    int STREAM_FIN = 0x11;

    /// Octets that mean nothing: they make a packet longer.
    ///
    /// @param octets how many, its type octets included
    record Padding(int octets) implements Frame {}

    /// Asks for an ACK at once.
    record Ping() implements Frame {}

    /// Packet numbers from `lowest` to `highest`.
    record Range(long lowest, long highest) {}

    /// Which packets arrived.
    ///
    /// @param largest the largest packet number that arrived
    /// @param delayMicros how long ago that was when the ACK was sent, in microseconds
    /// @param lowest down to which number the ACK tells; of those below it says nothing
    /// @param received the numbers that arrived, largest first; there is a gap between any two ranges
    record Ack(long largest, long delayMicros, long lowest, List<Range> received) implements Frame {
        public Ack {
            received = List.copyOf(received);
        }
    }

    /// A client begins a connection.
    ///
    /// @param token what the server gave it in a RETRY, or an earlier connection's TOKEN; empty if none
    record Open(Parameters parameters, Bytes token) implements Frame {}

    /// A server takes part in it.
    ///
    /// @param connectionId what the client is to send in its headers from now on
    record Accept(long connectionId, Parameters parameters) implements Frame {}

    /// How many octets of all streams the sender of this frame takes, counted from the connection's start.
    record MaxData(long octets) implements Frame {}

    /// How many octets of one stream the sender of this frame takes, counted from the stream's start.
    record MaxStreamData(int stream, long octets) implements Frame {}

    /// How many streams the receiver of this frame may open, counted from the connection's start.
    record MaxStreams(long streams) implements Frame {}

    /// Shows that who has it gets mail at its address.
    record Token(Bytes token) implements Frame {}

    /// The connection is over.
    ///
    /// @param code 0 if all is well; [CloseCode] has the transport's own, from 256 on they are the application's
    record Close(long code, String reason) implements Frame {}

    /// Octets of a stream.
    ///
    /// @param offset where the first of them stands in the stream
    /// @param fin whether the stream ends behind them
    record Stream(int stream, long offset, boolean fin, Bytes octets) implements Frame {}
}

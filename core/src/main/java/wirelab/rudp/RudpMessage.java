package wirelab.rudp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import wirelab.wire.Bytes;

/// One datagram of RUDP. Immutable.
///
/// ```
/// message = type [ ":" id [ ";" payload ] ]     ; ASCII, one message a datagram, no terminator
/// ```
///
/// The client counts its requests by `id`, from 1; the reply repeats it. `docs/rudp.md` section 3 has the grammar.
public sealed interface RudpMessage {
    /// The largest id: it fits 32 bits.
    long LAST_ID = 0xffff_ffffL;

    /// The name that stands first in the datagram.
    String type();

    /// A message that belongs to the request with this id.
    sealed interface Numbered extends RudpMessage {
        long id();
    }

    /// Asks for something; the server remembers the id and does it once.
    sealed interface Request extends Numbered {}

    /// Answers the [Request] with the same id.
    sealed interface Reply extends Numbered {}

    /// `SIGNEW:<user>`: the client begins a session; the name stands where others have the id.
    record SignNew(String user) implements RudpMessage {
        private static final int LONGEST_USER = 32;

        public SignNew {
            require(
                    !user.isEmpty()
                            && user.length() <= LONGEST_USER
                            && user.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':' && c != ';'),
                    "a user is 1 to 32 visible ASCII characters without ':' and ';'");
        }

        @Override
        public String type() {
            return "SIGNEW";
        }
    }

    /// `SIGNACK`: the session is there.
    record SignAck() implements RudpMessage {
        @Override
        public String type() {
            return "SIGNACK";
        }
    }

    /// `SIGNECHO:<id>;<time>`: asks for the time back, so that the client learns how long that takes.
    ///
    /// @param time digits and a point; the server returns it as it stands
    record SignEcho(long id, String time) implements Request {
        public SignEcho {
            requireId(id);
            requireTime(time);
        }

        /// Unix seconds with seven decimals, as `1682672342.8043187`.
        public static SignEcho at(long id, Instant time) {
            return new SignEcho(id, String.format(Locale.ROOT, "%d.%07d", time.getEpochSecond(), time.getNano() / 100));
        }

        @Override
        public String type() {
            return "SIGNECHO";
        }
    }

    /// `ECHOREPLY:<id>;<time>`: the time of [SignEcho].
    record EchoReply(long id, String time) implements Reply {
        public EchoReply {
            requireId(id);
            requireTime(time);
        }

        @Override
        public String type() {
            return "ECHOREPLY";
        }
    }

    /// `SIGNSTAT:<id>`: asks how the session is doing. `SIGNSTAT:<id>;transport`: and the transport's connections.
    record SignStat(long id, boolean transport) implements Request {
        public SignStat {
            requireId(id);
        }

        /// Asks for the session alone.
        public SignStat(long id) {
            this(id, false);
        }

        @Override
        public String type() {
            return "SIGNSTAT";
        }
    }

    /// `STATREPLY:<id>;Packets sent: 2\nPackets lost: 0\nConnected time: 18.77 seconds`.
    ///
    /// @param packetsSent datagrams that the server has sent in this session before this one
    /// @param packetsLost how many of them it had to send again
    /// @param connectedTime since the session began, in whole hundredths of a second
    /// @param transport for those who ask for it: more lines below, which no other client gets
    record StatReply(
            long id, long packetsSent, long packetsLost, Duration connectedTime, Optional<TransportReport> transport)
            implements Reply {
        public StatReply {
            requireId(id);
            require(packetsSent >= 0 && packetsLost >= 0, "a count is not negative");
            require(!connectedTime.isNegative(), "a connected time is not negative");
            connectedTime = Duration.ofMillis(connectedTime.toMillis() / 10 * 10);
        }

        /// Of the session alone.
        public StatReply(long id, long packetsSent, long packetsLost, Duration connectedTime) {
            this(id, packetsSent, packetsLost, connectedTime, Optional.empty());
        }

        @Override
        public String type() {
            return "STATREPLY";
        }
    }

    /// `SIGNGET:<id>;<payload>`: asks the server to pass `payload` on to the scrap server.
    record SignGet(long id, Bytes payload) implements Request {
        public SignGet {
            requireId(id);
        }

        @Override
        public String type() {
            return "SIGNGET";
        }
    }

    /// `ACKGET:<id>;<content>`: what the scrap server said, in one datagram.
    ///
    /// @param content never begins with `#` and a digit, which marks an [AckPart]
    record AckGet(long id, Bytes content) implements Reply {
        public AckGet {
            requireId(id);
            require(!AckPart.marks(content), "a content that begins with '#' and a digit is a part");
        }

        @Override
        public String type() {
            return "ACKGET";
        }
    }

    /// `ACKGET:<id>;#<number>/<count>/<checksum>;<fragment>`: one part of a content too long for a datagram.
    ///
    /// @param number from 1
    /// @param count how many parts there are, at least two
    /// @param checksum CRC-32 of the whole content, eight hexadecimal digits on the wire; parts with different
    ///     checksums are not of the same content
    record AckPart(long id, int number, int count, int checksum, Bytes fragment) implements Reply {
        /// More parts than this are refused, so that a single datagram cannot make a client set aside gigabytes.
        public static final int MOST = 4096;

        public AckPart {
            requireId(id);
            require(count >= 2 && count <= MOST, "a content has 2 to " + MOST + " parts");
            require(number >= 1 && number <= count, "parts are numbered from 1 to their count");
            require(
                    !fragment.isEmpty() && fragment.size() <= Content.LARGEST_MESSAGE,
                    "a part has 1 to " + Content.LARGEST_MESSAGE + " octets");
        }

        /// Whether what follows the id's semicolon is a part, rather than a content.
        static boolean marks(Bytes payload) {
            return payload.size() >= 2 && payload.at(0) == '#' && payload.at(1) >= '0' && payload.at(1) <= '9';
        }

        @Override
        public String type() {
            return "ACKGET";
        }
    }

    /// `SIGNLOST:<id>;<ranges>`: the client lacks these parts of a reply; without ranges, the whole reply.
    ///
    /// @param parts as `3,7-9` on the wire
    record SignLost(long id, List<PartRange> parts) implements Numbered {
        /// Ranges in one message, at most.
        public static final int MOST_RANGES = 64;

        public SignLost {
            requireId(id);
            parts = List.copyOf(parts);
            require(parts.size() <= MOST_RANGES, "at most " + MOST_RANGES + " ranges");
        }

        @Override
        public String type() {
            return "SIGNLOST";
        }
    }

    /// Parts `first` to `last`, both included.
    record PartRange(int first, int last) {
        public PartRange {
            require(first >= 1 && first <= last && last <= AckPart.MOST, "a range goes up, from 1 to " + AckPart.MOST);
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /// `SIGNFULL` or `SIGNFULL:<id>`: no room now; the client waits and asks again.
    ///
    /// @param id the request that found no room; 0 for SIGNEW, which has no id and gets none back
    record SignFull(long id) implements RudpMessage {
        public SignFull {
            requireIdOrNone(id);
        }

        @Override
        public String type() {
            return "SIGNFULL";
        }
    }

    /// `SIGNEND` or `SIGNEND:<id>`: the client leaves; or the server says that it has no session for request `id`.
    ///
    /// @param id 0 when there is none
    record SignEnd(long id) implements RudpMessage {
        public SignEnd {
            requireIdOrNone(id);
        }

        @Override
        public String type() {
            return "SIGNEND";
        }
    }

    /// A message of a type that this version does not know, kept as it came.
    ///
    /// @param rest what follows the type: nothing, or a colon and more
    record Unknown(String type, Bytes rest) implements RudpMessage {
        static final int LONGEST_TYPE = 16;

        public Unknown {
            require(
                    !type.isEmpty()
                            && type.length() <= LONGEST_TYPE
                            && type.chars().allMatch(c -> c >= 'A' && c <= 'Z'),
                    "a type is 1 to " + LONGEST_TYPE + " capital letters");
            require(!RudpCodec.knows(type), "the type " + type + " is known");
            require(rest.isEmpty() || rest.at(0) == ':', "a colon follows the type");
        }
    }

    private static void requireId(long id) {
        require(id >= 1 && id <= LAST_ID, "an id is a number from 1 to " + LAST_ID);
    }

    private static void requireIdOrNone(long id) {
        require(id >= 0 && id <= LAST_ID, "an id is a number from 1 to " + LAST_ID);
    }

    private static void requireTime(String time) {
        require(
                !time.isEmpty()
                        && time.length() <= 32
                        && time.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.'),
                "a time is 1 to 32 digits and points");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}

package wirelab.client.capture;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a frame carries, by its innermost protocol that somebody asked about; HTTP and the scrap protocol stand within
/// [TcpSegment]. Each component is named as in its RFC and holds what the tshark field of that name does. Immutable.
public sealed interface Content {
    /// The protocol's short name, as `DHCP`.
    String protocol();

    /// ARP: who has an address (RFC 826).
    ///
    /// @param reply an answer, not a question
    /// @param sender the sender's IP address; 0.0.0.0 in a probe (RFC 5227)
    /// @param target the address in question
    record Arp(boolean reply, String sender, String senderHardware, String target) implements Content {
        @Override
        public String protocol() {
            return "ARP";
        }
    }

    /// A DHCP message (RFC 2131).
    ///
    /// @param type option 53: 1 for DISCOVER … 8 for INFORM
    /// @param xid as `0xecfc8954`
    /// @param options the codes in their order, without the end
    /// @param requested option 50
    /// @param server option 54
    /// @param leaseTime option 51, in seconds
    record Dhcp(
            int type,
            String xid,
            String ciaddr,
            String yiaddr,
            String giaddr,
            String chaddr,
            boolean broadcast,
            List<Integer> options,
            Optional<String> requested,
            Optional<String> server,
            OptionalLong leaseTime,
            Optional<String> subnetMask,
            List<String> routers,
            List<String> dnsServers,
            Optional<String> message)
            implements Content {
        public static final int DISCOVER = 1;
        public static final int OFFER = 2;
        public static final int REQUEST = 3;
        public static final int DECLINE = 4;
        public static final int ACK = 5;
        public static final int NAK = 6;
        public static final int RELEASE = 7;
        public static final int INFORM = 8;

        private static final List<String> NAMES =
                List.of("BOOTP", "DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM");

        public Dhcp {
            options = List.copyOf(options);
            routers = List.copyOf(routers);
            dnsServers = List.copyOf(dnsServers);
        }

        /// The message type's name in RFC 2131, without `DHCP`.
        public String name() {
            return type < NAMES.size() ? NAMES.get(type) : "type " + type;
        }

        /// Whether a server says it.
        public boolean isReply() {
            return type == OFFER || type == ACK || type == NAK;
        }

        @Override
        public String protocol() {
            return "DHCP";
        }
    }

    /// A DNS message (RFC 1035), over UDP.
    ///
    /// @param id as `0x0900`
    /// @param type of the first question, by its number
    /// @param answers the data of A, AAAA and CNAME records
    /// @param replyTo the frame of the query that it answers
    record Dns(
            String id,
            boolean response,
            String name,
            int type,
            int rcode,
            boolean authoritative,
            boolean truncated,
            List<String> answers,
            OptionalLong ttl,
            OptionalInt replyTo)
            implements Content {
        public Dns {
            answers = List.copyOf(answers);
        }

        @Override
        public String protocol() {
            return "DNS";
        }
    }

    /// A message of RUDP (docs/rudp.md section 3).
    ///
    /// @param type as `SIGNGET`
    /// @param names the files of an ACKGET, where it has a whole list
    /// @param part which of how many parts an ACKGET is, as `2/5`
    /// @param connected seconds, of a STATREPLY
    /// @param replyTo the frame of the request
    /// @param sentBefore the frame that this one repeats
    /// @param duplicateOf the frame that the network made this one of
    record RudpMessage(
            String type,
            OptionalLong id,
            Optional<String> user,
            Optional<String> echoTime,
            Optional<String> request,
            List<String> names,
            Optional<String> part,
            Optional<String> failure,
            OptionalLong sent,
            OptionalLong lost,
            Optional<String> connected,
            OptionalInt replyTo,
            OptionalInt sentBefore,
            OptionalInt duplicateOf)
            implements Content {
        public RudpMessage {
            names = List.copyOf(names);
        }

        @Override
        public String protocol() {
            return "RUDP";
        }
    }

    /// One or more packets of RUDP's transport in one datagram (docs/rudp.md section 10); on the loopback device a
    /// datagram is cut only behind the capture.
    ///
    /// @param connection counted by the dissector from 0
    /// @param types as `INITIAL`, `DATA`, one a packet
    /// @param numbers the packet numbers
    /// @param frameTypes of all frames in all packets, as `0x10`
    /// @param streamOctets octets of streams
    /// @param streamEnd the highest offset behind an octet of a stream
    /// @param ackedUpTo the largest packet number that it acknowledges
    /// @param fileRequest the first line of a stream from the client, as `GET 0 - /numbers.txt`
    /// @param fileReply the first line of a stream from the proxy, as `OK 0 1892 "…"`
    /// @param closeMeaning what a CLOSE says
    /// @param sentBefore the frame that had some of its octets first
    record RudpPackets(
            int connection,
            List<String> types,
            List<Long> numbers,
            List<String> frameTypes,
            long streamOctets,
            long streamEnd,
            OptionalLong ackedUpTo,
            Optional<String> fileRequest,
            Optional<String> fileReply,
            OptionalLong fileSize,
            Optional<String> closeMeaning,
            OptionalInt sentBefore,
            OptionalInt duplicateOf,
            Optional<String> roundTrip)
            implements Content {
        public RudpPackets {
            types = List.copyOf(types);
            numbers = List.copyOf(numbers);
            frameTypes = List.copyOf(frameTypes);
        }

        /// Whether one of its frames is of this type, as `0x02` for ACK.
        public boolean has(String frameType) {
            return frameTypes.contains(frameType);
        }

        @Override
        public String protocol() {
            return "RUDP";
        }
    }

    /// A segment of TCP (RFC 9293).
    ///
    /// @param stream counted by tshark from 0
    /// @param sequence and acknowledgment, relative to the connection's first
    /// @param flags the octet of CWR to FIN
    /// @param window in octets, scaled
    /// @param marks what tshark's analysis says
    /// @param roundTrip seconds since the segment that it acknowledges
    record TcpSegment(
            int stream,
            long sequence,
            long acknowledgment,
            int flags,
            long window,
            List<Mark> marks,
            Optional<String> roundTrip,
            Application application)
            implements Content {
        private static final int FIN = 0x01;
        private static final int SYN = 0x02;
        private static final int RST = 0x04;
        private static final int ACK = 0x10;

        /// What the analysis of a connection found in a segment; the tshark field is `tcp.analysis.` and its name.
        public enum Mark {
            RETRANSMISSION,
            FAST_RETRANSMISSION,
            SPURIOUS_RETRANSMISSION,
            OUT_OF_ORDER,
            DUPLICATE_ACK,
            LOST_SEGMENT,
            ZERO_WINDOW,
            KEEP_ALIVE
        }

        public TcpSegment {
            marks = List.copyOf(marks);
        }

        public boolean fin() {
            return (flags & FIN) != 0;
        }

        public boolean syn() {
            return (flags & SYN) != 0;
        }

        public boolean rst() {
            return (flags & RST) != 0;
        }

        public boolean acks() {
            return (flags & ACK) != 0;
        }

        /// Whether its octets were sent before.
        public boolean isRepeated() {
            return marks.contains(Mark.RETRANSMISSION)
                    || marks.contains(Mark.FAST_RETRANSMISSION)
                    || marks.contains(Mark.SPURIOUS_RETRANSMISSION);
        }

        @Override
        public String protocol() {
            return application.protocol();
        }
    }

    /// An ICMP message (RFC 792); what it quotes is not told.
    record Icmp(int type, int code) implements Content {
        @Override
        public String protocol() {
            return "ICMP";
        }
    }

    /// Anything else.
    ///
    /// @param protocol the innermost one, as tshark names it
    record Other(String protocol) implements Content {}
}

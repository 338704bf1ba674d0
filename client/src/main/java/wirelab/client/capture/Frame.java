package wirelab.client.capture;

import java.time.Duration;
import java.time.Instant;

/// One frame of a capture. Immutable.
///
/// @param number as Wireshark counts, from 1
/// @param time when it was captured
/// @param length octets on the wire, the link's header included
/// @param payload octets within UDP or TCP; 0 for neither
/// @param cut whether the capture has fewer octets than the wire had
/// @param content what it says
public record Frame(
        int number,
        Instant time,
        int length,
        int payload,
        boolean cut,
        Endpoint source,
        Endpoint destination,
        Checksum checksum,
        Content content) {
    /// What the checksum field of UDP or TCP holds.
    public enum Checksum {
        /// There is none: another protocol, or a UDP datagram that does without (RFC 768).
        NONE,
        /// Something that may be the checksum; tshark can verify it.
        FILLED,
        /// The pseudo-header's sum alone: the rest was left to the network card, and the packet was captured before it.
        PARTIAL
    }

    /// Time since an earlier frame.
    public Duration since(Frame earlier) {
        return Duration.between(earlier.time, time);
    }

    /// Whether it goes from `one` to `other`, or back.
    public boolean isBetween(Endpoint one, Endpoint other) {
        return (source.equals(one) && destination.equals(other)) || (source.equals(other) && destination.equals(one));
    }
}

package wirelab.dhcp;

import java.util.Optional;

/// What a DHCP message says: the value of option 53. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2132#section-9.6 RFC 2132
public enum DhcpMessageType {
    DISCOVER(1),
    OFFER(2),
    REQUEST(3),
    DECLINE(4),
    ACK(5),
    NAK(6),
    RELEASE(7),
    INFORM(8),
    /// RFC 3203
    FORCERENEW(9),
    /// RFC 4388, as are the three after it
    LEASEQUERY(10),
    LEASEUNASSIGNED(11),
    LEASEUNKNOWN(12),
    LEASEACTIVE(13);

    private final int number;

    DhcpMessageType(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static Optional<DhcpMessageType> of(int number) {
        var types = values();
        return number >= 1 && number <= types.length ? Optional.of(types[number - 1]) : Optional.empty();
    }
}

package wirelab.dhcpserver.engine;

import java.util.Optional;
import wirelab.dhcp.DhcpMessage;

/// What the server makes of a message. Immutable.
public sealed interface Decision {
    /// The lease that must be on disk before anything is sent.
    Optional<Lease> change();

    /// To answer.
    record Reply(DhcpMessage message, Destination to, Optional<Lease> change) implements Decision {}

    /// To stay silent, which is an answer too.
    record Silent(Reason reason, Optional<Lease> change) implements Decision {}

    /// Why there is no answer.
    enum Reason {
        FROM_A_SERVER("it is a server's message"),
        BOOTP("it is BOOTP, without option 53"),
        NOT_SERVED("the server does not speak this type of message"),
        NO_CLIENT("it has neither option 61 nor chaddr"),
        OVERSIZED("option 61 or 82 is longer than 255 octets"),
        OTHER_NETWORK("its relay is in a network that is not served"),
        OTHER_SERVER("it is for another server"),
        UNKNOWN_CLIENT("the client is not known here, and another server may know it"),
        NO_ADDRESS("it names no address"),
        NOT_ITS_ADDRESS("the address is not this client's"),
        RELEASED("a release is not answered"),
        DECLINED("a decline is not answered"),
        POOL_EXHAUSTED("no free address in the pool");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}

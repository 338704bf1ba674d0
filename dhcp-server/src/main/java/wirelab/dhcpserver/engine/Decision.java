package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import wirelab.dhcp.DhcpMessage;

/// What the server makes of a message. Immutable.
public sealed interface Decision {
    /// What must be on disk before anything is sent, in this order.
    List<Change> changes();

    /// To answer.
    ///
    /// @param largest how many octets of UDP payload the client takes
    record Reply(DhcpMessage message, Destination to, int largest, List<Change> changes) implements Decision {
        Reply after(List<Change> earlier) {
            var all = new ArrayList<>(earlier);
            all.addAll(changes);
            return new Reply(message, to, largest, List.copyOf(all));
        }
    }

    /// To stay silent, which is an answer too.
    record Silent(Reason reason, List<Change> changes) implements Decision {}

    /// To find out whether somebody is at `address`, and to tell [DhcpEngine#probed]. Until then the answer waits.
    record Probe(Inet4Address address, List<Change> changes) implements Decision {}

    static Decision silent(Reason reason) {
        return new Silent(reason, List.of());
    }

    /// Why there is no answer.
    enum Reason {
        FROM_A_SERVER("it is a server's message"),
        BOOTP("it is BOOTP, without option 53"),
        NOT_SERVED("the server does not speak this type of message"),
        NO_CLIENT("it has neither option 61 nor chaddr"),
        OVERSIZED("option 61 or 82 is longer than 255 octets"),
        OTHER_NETWORK("it comes from a network that is not served"),
        OTHER_SERVER("it is for another server"),
        UNKNOWN_CLIENT("the client is not known here, and another server may know it"),
        LEASES_AWAY("the leases cannot be read or written now"),
        NO_ADDRESS("it names no address"),
        NOT_ITS_ADDRESS("the address is not this client's"),
        RELEASED("a release is not answered"),
        DECLINED("a decline is not answered"),
        PROBING("it is not known yet if the address is free"),
        TOO_MANY("its port or its card has all the addresses that it may have"),
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

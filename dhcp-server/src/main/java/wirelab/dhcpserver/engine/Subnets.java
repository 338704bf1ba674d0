package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.dhcpserver.engine.network.Network;

/// A book for each subnet, and which of them a message is about. Confined to one thread.
final class Subnets {
    private static final int LINK_SELECTION = 5;

    private final Network network;
    private final Map<Prefix, AddressBook> books = new LinkedHashMap<>();
    /// Leases of addresses that are not served: they are left as they are, in case that they will be again.
    private final Map<Inet4Address, Lease> strangers = new HashMap<>();

    Subnets(Network network) {
        this.network = network;
        for (var subnet : network.subnets()) {
            books.put(subnet.prefix(), new AddressBook(subnet, network.reserved(subnet)));
        }
    }

    /// Enters a lease of earlier; they may come in any order.
    void remember(Lease lease) {
        lender(lease.address())
                .ifPresentOrElse(one -> one.remember(lease), () -> strangers.put(lease.address(), lease));
    }

    /// Enters `news` in their order.
    void learn(Collection<Lease> news, Instant now) {
        books.values().forEach(book -> book.advance(now));
        news.forEach(this::enter);
    }

    private void enter(Lease lease) {
        lender(lease.address()).ifPresentOrElse(one -> one.keep(lease), () -> strangers.put(lease.address(), lease));
    }

    private Optional<AddressBook> lender(Inet4Address address) {
        return bookOf(address).filter(one -> one.lends(address));
    }

    /// The same leases and offers in the books of another network.
    Subnets movedTo(Network other, Instant now) {
        var moved = new Subnets(other);
        strangers.values().forEach(moved::remember);
        books.values().forEach(book -> book.leases().forEach(moved::remember));
        moved.books.values().forEach(book -> book.advance(now));
        for (var book : books.values()) {
            moved.books.values().forEach(one -> one.takeOffersOf(book));
        }
        return moved;
    }

    Collection<AddressBook> books() {
        return books.values();
    }

    AddressBook bookOf(Exchange exchange) {
        return books.getOrDefault(exchange.subnet().prefix(), new AddressBook(exchange.subnet(), List.of()));
    }

    private Optional<AddressBook> bookOf(Inet4Address address) {
        return network.subnetOf(address).map(subnet -> books.get(subnet.prefix()));
    }

    /// The book that `message` is about; empty if it comes from a network that is not served.
    ///
    /// @param local the server's address where it came in
    Optional<AddressBook> bookOf(DhcpMessage message, ClientKey client, Inet4Address local) {
        if (message.type().equals(Optional.of(DhcpMessageType.INFORM))) {
            return bookOf(message.ciaddr());
        }
        if (!message.giaddr().equals(Ipv4.ANY)) {
            return bookOf(link(message));
        }
        return remoteOwner(message, client).or(() -> bookOf(local));
    }

    /// Where a relay says that the client is: in option 82 (RFC 3527), or by its own address.
    private static Inet4Address link(DhcpMessage message) {
        return message.option(DhcpOption.RelayAgentInformation.class)
                .flatMap(relay -> relay.subOption(LINK_SELECTION))
                .flatMap(Ipv4::of)
                .orElse(message.giaddr());
    }

    /// Who got its address through a relay comes to us directly when it renews or releases it, and its message does
    /// not say where it is but by `ciaddr` (RFC 2131 section 4.3.2).
    private Optional<AddressBook> remoteOwner(DhcpMessage message, ClientKey client) {
        return bookOf(message.ciaddr())
                .filter(book -> book.leaseOf(client)
                        .map(lease -> lease.address().equals(message.ciaddr())
                                && !lease.circuit().isEmpty())
                        .orElse(false));
    }
}

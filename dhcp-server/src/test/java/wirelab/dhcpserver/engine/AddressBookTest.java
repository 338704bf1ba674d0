package wirelab.dhcpserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.network.AddressPool;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.dhcpserver.engine.network.Network;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.dhcpserver.engine.network.Policy;
import wirelab.dhcpserver.engine.network.Subnet;

class AddressBookTest {
    private static final Subnet SUBNET = new Subnet(
            Prefix.parse("10.20.0.0/16"),
            List.of(new AddressPool(LabClient.address("10.20.64.0"), LabClient.address("10.20.191.255"))),
            Parameters.NONE);

    private final Network network =
            new Network(Set.of(LabClient.SERVER), List.of(SUBNET), List.of(), Parameters.NONE, Policy.PLAIN);
    private final AddressBook book = new AddressBook(SUBNET, List.of());
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private Exchange exchange(int number) {
        var message = new LabClient(number).discover().withGiaddr(LabClient.address("10.20.0.1"));
        return Exchange.of(message, ClientKey.of(message).orElseThrow(), LabClient.SERVER, SUBNET, network);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        book.advance(now);
    }

    /// A flood of DISCOVERs, each from another card, leaves nothing behind.
    @Test
    void whatIsNotKeptIsNotCounted() {
        pass(Duration.ZERO);
        for (int i = 0; i < 20_000; i++) {
            book.offer(exchange(i), book.next().orElseThrow());
        }
        assertThat(book.placesOfOffers()).isEqualTo(AddressBook.MAX_OFFERS + 1);
        pass(AddressBook.OFFER_HELD);
        assertThat(book.placesOfOffers()).isZero();
        assertThat(book.usage().offered()).isZero();
    }

    @Test
    void anOfferOfAnAddressThatIsOverDoesNotHideItsLease() {
        pass(Duration.ZERO);
        var address = book.next().orElseThrow();
        var card = new LabClient(1).chaddr();
        var lease =
                new Lease(address, new ClientKey.Hardware(card), card, "", "", Lease.State.BOUND, now.plusSeconds(60));
        assertThat(book.keep(lease)).isEqualTo(Optional.empty());
        pass(Duration.ofMinutes(2));
        book.offer(exchange(2), address);
        assertThat(book.usage().over()).isZero();
        pass(AddressBook.OFFER_HELD);
        assertThat(book.usage().over()).isEqualTo(1);
        assertThat(book.leaseOf(new ClientKey.Hardware(card))).contains(lease);
        assertThat(book.placesOfOffers()).isZero();
    }
}

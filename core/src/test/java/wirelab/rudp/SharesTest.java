package wirelab.rudp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.testing.Property;

class SharesTest {
    private static final InetAddress CROWD = address(1);
    private static final InetAddress OTHER = address(2);
    private static final InetAddress NEWCOMER = address(3);

    private final Shares<Integer> shares = new Shares<>(6, 4);
    private int next;

    @Test
    void anAddressHasItsShareAndNoMore() {
        take(CROWD, 4);
        assertThat(shares.mayTake(CROWD)).isFalse();
        assertThat(shares.mayTake(OTHER)).isTrue();
        assertThat(shares.inTheWay()).isEmpty();
    }

    @Test
    void whoeverHasMostGivesWayToOneThatHasLess() {
        take(CROWD, 4);
        take(OTHER, 2);
        assertThat(shares.mayTake(NEWCOMER)).isTrue();
        assertThat(shares.inTheWay()).as("what came last").contains(3);
        shares.giveBack(CROWD, 3);
        take(NEWCOMER, 1);
        assertThat(shares.mayTake(OTHER)).as("three and two are even enough").isFalse();
        assertThat(shares.mayTake(NEWCOMER)).isTrue();
    }

    @Test
    void whatIsGivenBackIsThereForAll() {
        take(CROWD, 4);
        take(OTHER, 2);
        shares.giveBack(OTHER, 5);
        shares.giveBack(OTHER, 5);
        assertThat(shares.of(OTHER)).isEqualTo(1);
        assertThat(shares.inTheWay()).isEmpty();
    }

    /// However many come from wherever, each has an even share in the end.
    @Property
    void sharesBecomeEven(RandomGenerator random) {
        int addresses = random.nextInt(2, 20);
        var many = new Shares<Integer>(100, 100);
        var owners = new ArrayList<InetAddress>();
        for (int i = 0; i < 5000; i++) {
            var from = address(random.nextInt(addresses));
            if (many.mayTake(from)) {
                many.inTheWay().ifPresent(one -> many.giveBack(owners.get(one), one));
                many.take(from, owners.size());
                owners.add(from);
            }
        }
        int all = 0;
        for (int i = 0; i < addresses; i++) {
            assertThat(many.of(address(i))).isBetween(100 / addresses - 1, 100 / addresses + 1);
            all += many.of(address(i));
        }
        assertThat(all).isEqualTo(100);
    }

    private void take(InetAddress address, int count) {
        for (int i = 0; i < count; i++) {
            shares.take(address, next++);
        }
    }

    private static InetAddress address(int last) {
        return Inet4Address.ofLiteral("127.0.0." + last);
    }
}

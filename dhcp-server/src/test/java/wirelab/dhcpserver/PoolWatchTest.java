package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.engine.Usage;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.dhcpserver.engine.network.Subnet;

class PoolWatchTest {
    private static final Subnet SUBNET = new Subnet(Prefix.parse("10.20.30.0/24"), List.of(), Parameters.NONE);

    private final PoolWatch watch = new PoolWatch();

    private int mark(int bound) {
        return watch.mark(new Usage(SUBNET, 100, bound, 0, 0, 0)).orElse(0);
    }

    @Test
    void eachMarkIsSaidOnceOnTheWayUp() {
        assertThat(mark(79)).isZero();
        assertThat(mark(80)).isEqualTo(80);
        assertThat(mark(81)).isZero();
        assertThat(mark(100)).isEqualTo(100);
        assertThat(mark(100)).isZero();
    }

    @Test
    void aPoolThatSwaysAboutAMarkIsNotSaidAgain() {
        assertThat(mark(80)).isEqualTo(80);
        assertThat(mark(78)).isZero();
        assertThat(mark(80)).isZero();
        assertThat(mark(60)).isZero();
        assertThat(mark(85)).isEqualTo(80);
    }

    @Test
    void aPoolThatFillsAtOnceIsFull() {
        assertThat(mark(100)).isEqualTo(100);
        assertThat(mark(95)).isZero();
        assertThat(mark(100)).isZero();
        assertThat(mark(85)).isZero();
        assertThat(mark(100)).isEqualTo(100);
    }
}

package wirelab.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressLimitTest {
    private final InetAddress one = InetAddress.ofLiteral("192.0.2.1");
    private final InetAddress other = InetAddress.ofLiteral("192.0.2.2");

    @Test
    void eachAddressHasItsOwnShareAndGetsBackWhatItLeaves() {
        var limit = new AddressLimit(2);
        assertThat(limit.enter(one)).isTrue();
        assertThat(limit.enter(one)).isTrue();
        assertThat(limit.enter(one)).isFalse();
        assertThat(limit.enter(other)).isTrue();
        limit.leave(one);
        assertThat(limit.enter(one)).isTrue();
        assertThat(limit.enter(one)).isFalse();
    }

    @Test
    void noLimitIsNone() {
        var limit = new AddressLimit(0);
        for (int i = 0; i < 1000; i++) {
            assertThat(limit.enter(one)).isTrue();
        }
    }
}

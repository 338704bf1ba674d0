package wirelab.rudp.congestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CongestionTest {
    private static final int DATAGRAM = 1472;

    @ParameterizedTest
    @ValueSource(strings = {"bbr", "cubic", "newreno", "fixed:10000kbit/64000"})
    void eachIsCalledWhatItIsFoundBy(String name) {
        assertThat(Congestion.named(name)).hasToString(name);
    }

    @Test
    void aFixedOneHasTheRateAndTheWindowThatItsNameSays() {
        var fixed = Congestion.named("fixed:10mbit/64000").create(DATAGRAM);
        assertThat(fixed.pacingRate()).isEqualTo(1_250_000);
        assertThat(fixed.window()).isEqualTo(64_000);
    }

    @Test
    void aFixedOneWithoutNumbersHasThoseOfFastEthernet() {
        assertThat(Congestion.named("fixed")).isEqualTo(Congestion.named("fixed:100mbit/1000000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vegas | use bbr, cubic, newreno, or fixed:RATE/WINDOW",
                "BBR | use bbr",
                "fixed: | fixed:10mbit/64000",
                "fixed:10/64000 | fixed:10mbit/64000",
                "fixed:10mbit | fixed:10mbit/64000",
                "fixed:0kbit/64000 | the rate is from 1kbit to 100gbit",
                "fixed:101gbit/64000 | the rate is from 1kbit to 100gbit",
                "fixed:10mbit/2999 | the window is from 3000 to 16777216 octets",
                "fixed:10mbit/16777217 | the window is from 3000 to 16777216 octets"
            })
    void whatIsNoneIsToldWhatThereIs(String name, String mend) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Congestion.named(name))
                .withMessageContaining("'" + name + "'")
                .withMessageContaining(mend);
    }
}

package wirelab.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HardwareTest {
    @Test
    void derivesTheSameAddressFromTheSameSeed() {
        assertThat(Hardware.derived("lab@host")).isEqualTo(Hardware.derived("lab@host"));
        assertThat(Hardware.derived("lab@host")).isNotEqualTo(Hardware.derived("lab@other"));
    }

    @Test
    void derivesALocallyAdministeredAddressOfOneCard() {
        for (int i = 0; i < 100; i++) {
            int first = Hardware.derived("seed " + i).octets().at(0);
            assertThat(first & 0b11).isEqualTo(0b10);
        }
    }
}

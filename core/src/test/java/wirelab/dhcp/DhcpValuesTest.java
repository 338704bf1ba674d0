package wirelab.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import wirelab.wire.Bytes;

class DhcpValuesTest {
    @Test
    void aHardwareAddressIsReadAndShown() {
        var mac = HardwareAddress.ethernet("02-00-5E-10-00-01");
        assertThat(mac).hasToString("02:00:5e:10:00:01");
        assertThat(new HardwareAddress(6, mac.octets())).hasToString("6/02:00:5e:10:00:01");
        assertThat(HardwareAddress.parse("02:00:5e:10:00:01")).isEqualTo(mac);
        assertThat(HardwareAddress.parse("6/02:00:5e:10:00:01")).isEqualTo(new HardwareAddress(6, mac.octets()));
        assertThat(HardwareAddress.parse("")).isEqualTo(new HardwareAddress(1, Bytes.EMPTY));
    }

    @Test
    void whatIsNoHardwareAddressIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> HardwareAddress.ethernet("02:00:5e:10:00"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HardwareAddress(1, Bytes.copyOf(new byte[17])))
                .withMessageContaining("chaddr has 16");
    }

    @Test
    void aKnownOptionIsNotUnknown() {
        for (int code = 0; code <= 255; code++) {
            int number = code;
            if (OptionCodec.known(code) || code == 0 || code == 52 || code == 255) {
                assertThatIllegalArgumentException().isThrownBy(() -> new DhcpOption.Unknown(number, Bytes.EMPTY));
            } else {
                assertThat(new DhcpOption.Unknown(number, Bytes.EMPTY).code()).isEqualTo(number);
            }
        }
    }

    @Test
    void anOptionStandsInAMessageOnce() {
        var hostName = new DhcpOption.HostName("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DhcpMessage.request(
                        1, new HardwareAddress(1, Bytes.EMPTY), List.of(hostName, new DhcpOption.HostName("b"))))
                .withMessage("option 12 twice");
    }

    @Test
    void aLeaseTimeIsA32BitCountOfSeconds() {
        assertThat(new DhcpOption.LeaseTime(DhcpOption.LeaseTime.FOR_EVER).time())
                .isEqualTo(Duration.ofSeconds(4_294_967_295L));
        assertThatIllegalArgumentException().isThrownBy(() -> new DhcpOption.LeaseTime(Duration.ofSeconds(1L << 32)));
        assertThatIllegalArgumentException().isThrownBy(() -> new DhcpOption.LeaseTime(Duration.ofMillis(1500)));
    }

    @Test
    void textLosesTheNulsAtItsEnd() {
        assertThat(new DhcpOption.HostName("pc\0\0").name()).isEqualTo("pc");
    }
}

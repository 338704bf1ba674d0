package wirelab.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceMtuTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.10"})
    void allOfTheLoopbacksNetworkHasItsDevice(String address) throws IOException {
        var loopback = NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(DeviceMtu.payload(InetAddress.ofLiteral(address)))
                .isEqualTo(Math.min(loopback.getMTU() - 28, UdpSocket.MAX_PAYLOAD));
    }

    @Test
    void anAddressThatNoDeviceHasIsTakenForOneOnEthernet() {
        assertThat(DeviceMtu.payload(InetAddress.ofLiteral("192.0.2.1"))).isEqualTo(1472);
    }

    @Test
    void everyAddressMeansTheDeviceThatTakesMost() {
        assertThat(DeviceMtu.payload(InetAddress.ofLiteral("0.0.0.0")))
                .isGreaterThanOrEqualTo(DeviceMtu.payload(InetAddress.ofLiteral("127.0.0.1")));
    }
}

package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterfaceGuardTest {
    private static final String HEAD =
            "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";

    @TempDir
    Path folder;

    private InterfaceGuard guard = InterfaceGuard.ofThisMachine();

    @BeforeEach
    void makeTheFiles() throws IOException {
        guard = new InterfaceGuard(folder.resolve("net"), folder.resolve("route"));
        Files.writeString(folder.resolve("route"), HEAD);
        device("eth0", 2);
        Files.createDirectory(folder.resolve("net/eth0/device"));
        device("veth1", 7);
    }

    private void device(String name, int index) throws IOException {
        var place = Files.createDirectories(folder.resolve("net").resolve(name));
        Files.writeString(place.resolve("ifindex"), index + "\n");
    }

    private void below(String upper, String lower) throws IOException {
        Files.createDirectory(folder.resolve("net").resolve(upper).resolve("lower_" + lower));
    }

    @Test
    void aCardIsSomebodysNetwork() throws IOException {
        assertThat(guard.why("eth0", 2)).contains("hardware is beneath it: eth0");
    }

    @Test
    void softwareAloneIsALabs() throws IOException {
        device("br0", 8);
        below("br0", "veth1");
        assertThat(guard.why("veth1", 7)).isEmpty();
        assertThat(guard.why("br0", 8)).isEmpty();
    }

    @Test
    void aBridgeOrAVlanWithACardBelowIsSomebodysNetwork() throws IOException {
        device("eth0.5", 8);
        below("eth0.5", "eth0");
        device("br0", 9);
        below("br0", "veth1");
        below("br0", "eth0.5");
        assertThat(guard.why("br0", 9)).contains("hardware is beneath it: eth0");
    }

    @Test
    void wayOutByTheDefaultRouteIsSomebodysNetwork() throws IOException {
        Files.writeString(
                folder.resolve("route"),
                HEAD + "veth1\t00000000\t011E140A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
                        + "veth2\t001E140A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n");
        assertThat(guard.why("veth1", 7)).contains("the default route goes out by it");
        assertThat(guard.why("veth2", 8)).isEmpty();
    }

    /// As in a namespace whose process sees the files of another.
    @Test
    void aCardOfTheSameNameElsewhereSaysNothing() throws IOException {
        assertThat(guard.why("eth0", 3)).isEmpty();
    }
}

package wirelab.client.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wirelab.client.engine.Lease;
import wirelab.client.engine.Tenancy;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.HardwareAddress;

class LeaseFileTest {
    private static final Instant T1 = Instant.parse("2026-11-24T12:30:00.123456789Z");
    private static final Lease LEASE = new Lease(
            Inet4Address.ofLiteral("10.20.30.51"),
            Inet4Address.ofLiteral("10.20.30.40"),
            Duration.ofHours(1),
            Optional.of(Inet4Address.ofLiteral("255.255.255.0")),
            List.of(),
            List.of(Inet4Address.ofLiteral("127.0.0.1"), Inet4Address.ofLiteral("127.0.0.2")));

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException, ExitException {
        var file = new LeaseFile(folder.resolve("new").resolve("a.lease"));
        for (var tenancy : List.of(
                new Tenancy(LEASE, T1, T1.plusSeconds(1350), T1.plusSeconds(1800)),
                new Tenancy(LEASE, Instant.MAX, Instant.MAX, Instant.MAX))) {
            file.write(tenancy);
            assertThat(file.read()).contains(tenancy);
        }
        file.delete();
        assertThat(file.read()).isEmpty();
    }

    @Test
    void aFileThatIsSomethingElseIsNamed() throws IOException {
        var path = folder.resolve("a.lease");
        Files.writeString(path, "address=10.20.30.51\nserver=nobody\n");
        var error = catchThrowableOfType(ExitException.class, () -> new LeaseFile(path).read());
        assertThat(error.code()).isEqualTo(ExitCode.CONFIG);
        assertThat(error).hasMessageContaining(path + " is not a saved lease").hasMessageContaining("--lease-file");
    }

    @Test
    void isInTheUsersStateFolderAFileAClient() {
        var chaddr = HardwareAddress.ethernet("02:00:5e:10:00:01");
        assertThat(LeaseFile.usual(Map.of("XDG_STATE_HOME", "/state"), "lo", chaddr))
                .isEqualTo(Path.of("/state/wirelab/dhcp-lo-02005e100001.lease"));
        assertThat(LeaseFile.usual(Map.of(), "lo", chaddr).toString())
                .endsWith(".local/state/wirelab/dhcp-lo-02005e100001.lease");
    }
}

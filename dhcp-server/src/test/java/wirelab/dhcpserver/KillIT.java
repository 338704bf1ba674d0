package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wirelab.testing.ProgramUnderTest;
import wirelab.wire.MalformedException;

/// The real jar, killed again and again in the midst of its work, with the same lease file.
///
/// `-Dwirelab.kills=100` kills it a hundred times, `-Dwirelab.seed=N` at other moments.
@Timeout(540)
class KillIT {
    private static final int KILLS = Integer.getInteger("wirelab.kills", 15);
    private static final long SEED = Long.getLong("wirelab.seed", 1);

    @TempDir
    Path folder;

    private ProgramUnderTest start(Crowd crowd) throws IOException {
        return ProgramUnderTest.start(
                "dhcp-server",
                "--leases",
                folder.resolve("leases.db").toString(),
                "--address",
                "127.0.0.40",
                "--netmask",
                "255.255.0.0",
                "--pool",
                "127.0.16.1-127.0.20.254",
                "--router",
                "127.0.0.1",
                "--reply-to",
                "127.0.0.1",
                "--authoritative",
                "--port",
                "0",
                "--client-port",
                Integer.toString(crowd.port()),
                "--log-level",
                "warn");
    }

    @Test
    void howeverOftenItIsKilledNoAcknowledgedLeaseIsLostOrGivenTwice()
            throws IOException, InterruptedException, MalformedException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        try (var crowd = new Crowd(LabClient.address("127.0.0.40"), 1000, random)) {
            for (int kill = 1; kill <= KILLS; kill++) {
                try (var server = start(crowd)) {
                    crowd.turnTo(server.port());
                    crowd.assertThatAllKeepTheirAddresses();
                    crowd.bustle(random.nextInt(1, 1000));
                    // An answer is heard right after it is sent; the end is to come at any moment of the server's.
                    LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(3)));
                    server.kill();
                    crowd.hearTheRest();
                    assertThat(server.stderr()).doesNotContain("ERROR");
                } catch (AssertionError e) {
                    throw new AssertionError("seed %d, before kill %d".formatted(SEED, kill), e);
                }
            }
            try (var server = start(crowd)) {
                crowd.turnTo(server.port());
                crowd.assertThatAllKeepTheirAddresses();
            }
            assertThat(crowd.held()).isPositive();
            System.out.printf(
                    "seed %d: %d kills, %d ACKs, %d addresses held at the end%n",
                    SEED, KILLS, crowd.acknowledged(), crowd.held());
        }
    }
}

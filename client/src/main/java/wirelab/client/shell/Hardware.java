package wirelab.client.shell;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.HardwareAddress;
import wirelab.wire.Bytes;

/// The hardware address that the client is known by.
public final class Hardware {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int OCTETS = 6;

    private Hardware() {}

    /// The interface's own MAC address; for one that has none, as the loopback interface, [#derived] from user and
    /// host.
    public static HardwareAddress of(String device) throws IOException, ExitException {
        var found = NetworkInterface.getByName(device);
        if (found == null) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    "there is no interface " + device + " here; `ip link` lists them, --interface chooses one");
        }
        var octets = found.getHardwareAddress();
        return octets == null || octets.length != OCTETS || isZero(octets)
                ? derived(System.getProperty("user.name", "") + "@" + host())
                : new HardwareAddress(HardwareAddress.ETHERNET, Bytes.copyOf(octets));
    }

    /// An address that is the same each time for the same `seed`, and that no manufacturer gave out: in the first octet
    /// the bit for "locally administered" is set, and that for "group" is not.
    static HardwareAddress derived(String seed) {
        var digest = Digests.sha256().digest(seed.getBytes(StandardCharsets.UTF_8));
        var octets = Arrays.copyOf(digest, OCTETS);
        octets[0] = (byte) ((octets[0] & 0xfc) | 0x02);
        return new HardwareAddress(HardwareAddress.ETHERNET, Bytes.copyOf(octets));
    }

    private static boolean isZero(byte[] octets) {
        return Arrays.equals(octets, new byte[octets.length]);
    }

    /// Read from the kernel: asking the resolver for the local host's name can take seconds.
    private static String host() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            return System.getenv().getOrDefault("HOSTNAME", System.getenv().getOrDefault("COMPUTERNAME", ""));
        }
    }
}

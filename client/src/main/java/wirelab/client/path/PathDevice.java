package wirelab.client.path;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import wirelab.client.shell.IpCommand;
import wirelab.client.shell.Trace;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.TunDevice;

/// A network device of ours with an address at either end: `near` is this machine's, and what goes to `far` the kernel
/// hands to the device. Immutable.
///
/// The addresses are of 198.18/15, which is for tests of networks and in use nowhere else (RFC 2544, appendix C.2.2).
record PathDevice(TunDevice device, Inet4Address near, Inet4Address far) {
    private static final String PREFIX = "wirelab";
    private static final Path SETTINGS = Path.of("/proc/sys/net/ipv4/conf");
    private static final Path STATISTICS = Path.of("/proc/self/net/dev");

    /// Packets that wait for us in the kernel. The path's own queue is the one that should overflow.
    private static final String KERNEL_QUEUE = "10000";

    /// Makes the device, gives it its addresses, and puts it up.
    ///
    /// @param control what TCP uses over it, where that is not the usual one
    static PathDevice make(Trace trace, Optional<CongestionControl> control) throws IOException, ExitException {
        var device = open();
        try {
            // Several paths side by side have networks of their own.
            int number = Integer.parseInt(device.name().substring(PREFIX.length())) & 0xff;
            var made = new PathDevice(device, address(number, 1), address(number, 2));
            made.configure(new IpCommand(trace), control);
            return made;
        } catch (IOException | ExitException e) {
            device.close();
            throw e;
        }
    }

    private static TunDevice open() throws IOException, ExitException {
        try {
            return TunDevice.open(PREFIX + "%d");
        } catch (ExitException e) {
            throw new ExitException(e.code(), "--impair: " + e.getMessage(), e);
        }
    }

    private void configure(IpCommand ip, Optional<CongestionControl> control) throws IOException, ExitException {
        var name = device.name();
        ip.run("link", "set", name, "up", "mtu", Integer.toString(TunDevice.MTU), "txqueuelen", KERNEL_QUEUE);
        ip.run("addr", "add", near.getHostAddress(), "peer", far.getHostAddress(), "dev", name);
        if (control.isPresent()) {
            ip.run(
                    "route",
                    "replace",
                    far.getHostAddress(),
                    "dev",
                    name,
                    "src",
                    near.getHostAddress(),
                    "congctl",
                    control.get().name());
        }
        // The servers of the lab are on 127/8, which otherwise is reached over lo alone.
        var switches = SETTINGS.resolve(name).resolve("route_localnet");
        try {
            Files.writeString(switches, "1");
        } catch (IOException e) {
            throw new ExitException(
                    ExitCode.NO_PERMISSION, "cannot write 1 to " + switches + ": is /proc/sys read-only here?", e);
        }
    }

    private static Inet4Address address(int number, int host) throws IOException {
        return (Inet4Address) InetAddress.getByAddress(new byte[] {(byte) 198, 18, (byte) number, (byte) host});
    }

    /// How many packets the kernel dropped because we did not take them in time; since the device was made.
    long overruns() throws IOException {
        var lines = Files.readAllLines(STATISTICS);
        for (var line : lines) {
            // Eight numbers of what the device received, then of what it sent: octets, packets, errors, dropped.
            var column = line.strip().split("[:\\s]+", -1);
            if (column[0].equals(device.name()) && column.length > 12) {
                return Long.parseLong(column[12]);
            }
        }
        return 0;
    }
}

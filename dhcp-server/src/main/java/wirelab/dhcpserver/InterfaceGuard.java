package wirelab.dhcpserver;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// Keeps the server off networks that are not the lab's: there it would hand its addresses to strangers, and cut
/// them off. Immutable.
///
/// An interface is somebody's network if hardware is beneath it, or if the default route goes out by it. What is
/// made of software alone (`lo`, `veth`, `dummy`, and a bridge of these) is a lab's.
///
/// @param classes `/sys/class/net`
/// @param routes `/proc/net/route`
record InterfaceGuard(Path classes, Path routes) {
    /// Chains of interfaces on interfaces are short; a longer one is a loop.
    private static final int DEEPEST = 8;

    static InterfaceGuard ofThisMachine() {
        return new InterfaceGuard(Path.of("/sys/class/net"), Path.of("/proc/net/route"));
    }

    /// @throws ExitException if the interface leads out of this machine
    void check(NetworkInterface device) throws IOException, ExitException {
        if (device.isLoopback()) {
            return;
        }
        var why = why(device.getName(), device.getIndex());
        if (why.isPresent()) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    "--interface " + device.getName() + " leads out of this machine (" + why.get()
                            + "): a second DHCP server there cuts people off. If it is your network and no other server"
                            + " is in it, say --real-network");
        }
    }

    /// Why the interface is somebody's network; empty if it is a lab's.
    Optional<String> why(String device, int index) throws IOException {
        if (hasDefaultRoute(device)) {
            return Optional.of("the default route goes out by it");
        }
        // In a namespace of its own a process may still see the /sys of another: then it says nothing about this
        // one.
        boolean isTheSame = read(classes.resolve(device).resolve("ifindex")).equals(Integer.toString(index));
        return isTheSame ? hardware(device, DEEPEST).map(name -> "hardware is beneath it: " + name) : Optional.empty();
    }

    private Optional<String> hardware(String device, int depth) throws IOException {
        var folder = classes.resolve(device);
        if (Files.exists(folder.resolve("device"))) {
            return Optional.of(device);
        }
        if (depth == 0 || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var below = Files.newDirectoryStream(folder, "lower_*")) {
            for (var link : below) {
                var name = String.valueOf(link.getFileName()).substring("lower_".length());
                var found = hardware(name, depth - 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /// The columns are interface, destination and gateway; the eighth is the mask.
    private boolean hasDefaultRoute(String device) throws IOException {
        if (!Files.isReadable(routes)) {
            return false;
        }
        return Files.readAllLines(routes).stream()
                .map(line -> line.strip().split("\\s+", -1))
                .anyMatch(column -> column.length > 7
                        && column[0].equals(device)
                        && column[1].equals("00000000")
                        && column[7].equals("00000000"));
    }

    private static String read(Path file) throws IOException {
        return Files.isReadable(file) ? Files.readString(file).strip() : "";
    }
}

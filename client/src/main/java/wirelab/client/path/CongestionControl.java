package wirelab.client.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// How the kernel's TCP finds out what a path carries: one of the algorithms that this kernel has. Immutable.
///
/// @param name as `cubic`
public record CongestionControl(String name) {
    private static final Path SETTINGS = Path.of("/proc/sys/net/ipv4");

    /// The one that this network's connections use.
    public static CongestionControl usual() throws IOException {
        return new CongestionControl(setting("tcp_congestion_control"));
    }

    /// Checks that the kernel has it.
    public void check() throws IOException, ExitException {
        var available = List.of(setting("tcp_available_congestion_control").split("\\s+", -1));
        if (!available.contains(name)) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    "this kernel's TCP has no " + name + ": choose one of " + String.join(", ", available)
                            + ", or load it (sudo modprobe tcp_" + name + ")");
        }
    }

    private static String setting(String name) throws IOException {
        return Files.readString(SETTINGS.resolve(name)).strip();
    }
}

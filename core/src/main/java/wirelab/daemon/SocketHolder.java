package wirelab.daemon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds the process that holds a port, from Linux' `/proc`. Elsewhere, or where it may not look, it finds none.
public final class SocketHolder {
    private static final Path PROC = Path.of("/proc");

    private SocketHolder() {}

    /// The holder's name and process id, as `nginx (pid 1234)`.
    static Optional<String> of(InetSocketAddress address, Transport transport) {
        try {
            var inodes = socketInodes(address.getPort(), transport);
            var process = inodes.isEmpty() ? Optional.<Path>empty() : processWith(inodes);
            return process.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            nameOf(process.get()) + " (pid " + process.get().getFileName() + ")");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The holder's process id, if it is the program `name`: signals would end others.
    public static Optional<String> pid(InetSocketAddress address, Transport transport, String name) {
        try {
            var process = processWith(socketInodes(address.getPort(), transport));
            return process.isPresent() && nameOf(process.get()).startsWith(name)
                    ? process.map(folder -> String.valueOf(folder.getFileName()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The third column of `/proc/net/udp` is `ADDRESS:PORT` in hexadecimal, the tenth the socket's inode.
    private static Set<String> socketInodes(int port, Transport transport) throws IOException {
        var suffix = String.format(":%04X", port);
        var inodes = new HashSet<String>();
        var table = PROC.resolve("net").resolve(transport.name().toLowerCase(Locale.ROOT));
        // An IPv4 socket of a program that also speaks IPv6 stands in the second table.
        for (var path : List.of(table, Path.of(table + "6"))) {
            for (var line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
                var column = line.strip().split("\\s+", -1);
                if (column.length > 9 && column[1].endsWith(suffix) && mayHold(column[3], transport)) {
                    inodes.add("socket:[" + column[9] + "]");
                }
            }
        }
        return inodes;
    }

    /// Of TCP only a listening socket (state 0A) holds its port.
    private static boolean mayHold(String state, Transport transport) {
        return transport == Transport.UDP || state.equals("0A");
    }

    private static Optional<Path> processWith(Set<String> inodes) throws IOException {
        try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var process : processes) {
                if (holdsAny(process, inodes)) {
                    return Optional.of(process);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holdsAny(Path process, Set<String> inodes) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (var descriptor : descriptors) {
                if (inodes.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // Another user's process, or one that has just ended.
        }
        return false;
    }

    /// The program's name; for a Java program that of its jar, since `java` would tell nobody anything.
    private static String nameOf(Path process) throws IOException {
        var name = Files.readString(process.resolve("comm")).strip();
        if (!name.equals("java")) {
            return name;
        }
        for (var argument : Files.readString(process.resolve("cmdline")).split("\0", -1)) {
            if (argument.endsWith(".jar")) {
                return Path.of(argument).getFileName().toString();
            }
        }
        return name;
    }
}

package wirelab.dhcpserver;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A network namespace that a test makes, as any user of Linux may. Confined to one thread.
///
/// A process that does nothing holds it, and ends when this is closed, or the test's own process ends.
final class PrivateNetwork implements AutoCloseable {
    private final Process holder;

    private PrivateNetwork(List<String> unshare) throws IOException {
        var command = new ArrayList<>(unshare);
        command.addAll(List.of("sh", "-c", "ip link set lo up && echo up && exec cat"));
        holder = new ProcessBuilder(command).redirectErrorStream(true).start();
        var first = lines(holder).readLine();
        if (!"up".equals(first)) {
            close();
            Assumptions.abort("no network namespaces here: " + first);
        }
    }

    /// One with the server's address on its loopback interface, over which broadcasts go too.
    static PrivateNetwork onLoopback() throws IOException {
        var network = alone();
        network.run("ip", "addr", "add", "10.20.30.40/32", "dev", "lo", "scope", "host");
        network.run("ip", "route", "add", "255.255.255.255/32", "dev", "lo");
        return network;
    }

    /// One with nothing but a loopback interface.
    static PrivateNetwork alone() throws IOException {
        Stream.of("unshare", "nsenter", "ip").forEach(PrivateNetwork::assumeInstalled);
        return new PrivateNetwork(List.of("unshare", "--user", "--map-root-user", "--net"));
    }

    /// Another one, joined to this by a cable whose ends are `here` and `there`.
    PrivateNetwork neighbour(String here, String there) throws IOException {
        var unshare = new ArrayList<>(enter());
        unshare.addAll(List.of("unshare", "--net"));
        var neighbour = new PrivateNetwork(unshare);
        var pid = Long.toString(neighbour.holder.pid());
        run("ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", pid);
        run("ip", "link", "set", here, "up");
        neighbour.run("ip", "link", "set", there, "up");
        return neighbour;
    }

    /// What to put before a command, so that it runs in here.
    List<String> enter() {
        return List.of(
                "nsenter", "--target", Long.toString(holder.pid()), "--user", "--net", "--preserve-credentials", "--");
    }

    /// Starts a command in here.
    Process start(String... words) throws IOException {
        var command = new ArrayList<>(enter());
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Runs a command in here to its end, and returns what it printed.
    ///
    /// @throws IOException if it fails
    String run(String... words) throws IOException {
        var process = start(words);
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", words) + " failed: " + out);
        }
        return out;
    }

    static void assumeInstalled(String program) {
        var found = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        Assumptions.assumeTrue(found, program + " is missing");
    }

    private static BufferedReader lines(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        holder.onExit().join();
    }
}

package wirelab.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One of the suite's jars, run as a process of its own. Confined to one thread.
public final class ProgramUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path stderr;
    private final BufferedReader stdout;
    private List<String> addresses = List.of();

    private ProgramUnderTest(Process process, Path stderr) {
        this.process = process;
        this.stderr = stderr;
        this.stdout = process.inputReader(StandardCharsets.UTF_8);
    }

    /// What a program that ended has said.
    public record Result(int exitCode, String stdout, String stderr) {}

    /// Starts a daemon and waits for its `ready` line.
    ///
    /// @param module as `dns-server`
    public static ProgramUnderTest start(String module, String... arguments) throws IOException {
        return startBy(List.of(), module, arguments);
    }

    /// Starts a daemon through another program that becomes it, as `nsenter` or `setpriv` does.
    ///
    /// @param prefix that program and its options
    public static ProgramUnderTest startBy(List<String> prefix, String module, String... arguments) throws IOException {
        var program = spawn(prefix, module, arguments);
        var line = program.stdout.readLine();
        if (line == null || !line.startsWith("ready " + module)) {
            program.close();
            throw new IOException(module + " did not become ready: " + line + "\n" + program.stderr());
        }
        program.addresses = List.of(line.split(" ", -1)).subList(2, line.split(" ", -1).length);
        return program;
    }

    /// Where it is reached, each as `127.0.0.1:53/udp`: what its `ready` line says.
    public List<String> addresses() {
        return addresses;
    }

    /// The port of its first address, for a daemon that was started with port 0.
    public int port() {
        var first = addresses.getFirst();
        return Integer.parseInt(first.substring(first.lastIndexOf(':') + 1, first.lastIndexOf('/')));
    }

    /// Runs a program to its end.
    public static Result run(String module, String... arguments) throws IOException, InterruptedException {
        return runBy(List.of(), module, arguments);
    }

    /// Runs a program to its end, through another that becomes it.
    ///
    /// @param prefix that other program and its options
    public static Result runBy(List<String> prefix, String module, String... arguments)
            throws IOException, InterruptedException {
        try (var program = spawn(prefix, module, arguments)) {
            return program.result();
        }
    }

    private static ProgramUnderTest spawn(List<String> prefix, String module, String... arguments) throws IOException {
        var command = new ArrayList<>(prefix);
        command.addAll(signalsAtDefault());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar", jar(module).toString()));
        command.addAll(List.of(arguments));
        var stderr = Files.createTempFile(module, ".log");
        var process = new ProcessBuilder(command).redirectError(stderr.toFile()).start();
        return new ProgramUnderTest(process, stderr);
    }

    /// A shell that runs the tests in its background makes them ignore SIGINT, `nohup` makes them ignore SIGHUP, and
    /// what they start inherits that. GNU's `env` undoes it.
    private static List<String> signalsAtDefault() {
        return System.getProperty("os.name").equals("Linux")
                ? List.of("env", "--default-signal=HUP,INT,TERM")
                : List.of();
    }

    private Result result() throws IOException, InterruptedException {
        var out = new StringWriter();
        stdout.transferTo(out);
        return new Result(exitCode(), out.toString(), stderr());
    }

    /// The project's folder, in whichever module the test runs.
    public static Path root() {
        var here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("dhcp-server"))
                ? here
                : here.resolve("..").normalize();
    }

    public static Path jar(String module) {
        var jar = root().resolve(module).resolve("target").resolve(module + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run mvn package first");
        }
        return jar;
    }

    /// What it has logged so far.
    public String stderr() throws IOException {
        return Files.readString(stderr);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Resident memory in bytes, from Linux' `/proc`.
    public long residentBytes() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("no VmRSS of process " + pid());
    }

    /// What lives on its heap once the garbage is gone, in bytes: what a leak would add to.
    public long liveBytes() throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var histogram = new ProcessBuilder(jcmd, Long.toString(pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (var lines = histogram.inputReader(StandardCharsets.UTF_8)) {
            var total = lines.lines().filter(line -> line.startsWith("Total")).toList();
            if (total.isEmpty()) {
                throw new IOException("no histogram of process " + pid());
            }
            return Long.parseLong(total.getFirst().strip().split(" +", -1)[2]);
        }
    }

    /// Sends a signal by name, as `HUP`.
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    /// SIGKILL, at once: what it is doing it does not finish. Returns when it has ended.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Waits for the end; fails rather than hangs.
    public int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(new TimeoutException("still running after " + PATIENCE + ": " + stderr()));
        }
        return process.exitValue();
    }

    /// SIGTERM, as an operator would, and then the end.
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        stdout.close();
    }
}

package wirelab.dhcpserver;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A PostgreSQL server of the test's own, on 127.0.0.1, with its files in a folder of the test's. Confined to one
/// thread.
///
/// PostgreSQL refuses to be root's, so root's test runs it as nobody.
final class PostgresServer implements AutoCloseable {
    private static final Path DEBIANS = Path.of("/usr/lib/postgresql");

    private final Path data;
    private final int port;

    private PostgresServer(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /// Makes one in `folder` and starts it.
    static PostgresServer in(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        var server = new PostgresServer(folder.resolve("data"), freePort());
        run("initdb", "-D", server.data.toString(), "-U", "wirelab", "-A", "trust", "-E", "UTF8", "--no-sync");
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    void start() throws IOException {
        var options = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -p " + port;
        run("pg_ctl", "-D", data.toString(), "-l", data.resolve("log").toString(), "-w", "-o", options, "start");
    }

    /// At once, as a crash does.
    void crash() throws IOException {
        run("pg_ctl", "-D", data.toString(), "-m", "immediate", "-w", "stop");
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=wirelab";
    }

    private static void run(String program, String... words) throws IOException {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            PrivateNetwork.assumeInstalled("setpriv");
            command.addAll(List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"));
        }
        command.add(find(program).toString());
        command.addAll(List.of(words));
        var log = Files.createTempFile(program, ".log");
        var process = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(program + " failed: " + Files.readString(log, StandardCharsets.UTF_8));
        }
        Files.delete(log);
    }

    /// Debian keeps PostgreSQL's programs in a folder for each version, which is not on the path.
    private static Path find(String program) throws IOException {
        var folders = new ArrayList<>(Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList());
        if (Files.isDirectory(DEBIANS)) {
            try (var versions = Files.list(DEBIANS)) {
                versions.map(version -> version.resolve("bin")).forEach(folders::add);
            }
        }
        var found = folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), program + " is missing");
        return found.orElseThrow();
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(data.resolve("postmaster.pid"))) {
            crash();
        }
    }
}

package wirelab.dnsserver.shell;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Somebody else's name server as the other end of transfers. Confined to one thread.
final class Stranger implements AutoCloseable {
    static final String KEY = "transfer.key";
    static final String SECRET = "bm8gb25lIGVsc2Uga25vd3MgdGhpcyBzZWNyZXQgISE=";

    /// A kind of server: its program, and how it is told what to do.
    enum Kind {
        NSD("nsd", List.of("-d", "-c")) {
            @Override
            String configuration(Path folder, int port, int peer, boolean primary) {
                var zone = primary
                        ? "  notify: 127.0.0.1@%1$d %2$s\n  provide-xfr: 127.0.0.0/8 %2$s\n  store-ixfr: yes\n  create-ixfr: yes\n"
                        : "  allow-notify: 127.0.0.0/8 %2$s\n  request-xfr: 127.0.0.1@%1$d %2$s\n";
                return """
                        server:
                          ip-address: 127.0.0.1@%1$d
                          server-count: 1
                          username: ""
                          chroot: ""
                          zonesdir: "%2$s"
                          database: ""
                          pidfile: "%2$s/pid"
                          xfrdfile: "%2$s/xfrd"
                          zonelistfile: "%2$s/zones"
                          xfrdir: "%2$s"
                          xfrd-reload-timeout: 0
                        remote-control:
                          control-enable: no
                        key:
                          name: "%3$s"
                          algorithm: hmac-sha256
                          secret: "%4$s"
                        zone:
                          name: example.com
                          zonefile: example.com.zone
                        """.formatted(port, folder, KEY, SECRET) + zone.formatted(peer, KEY);
            }
        },
        KNOT("knotd", List.of("-c")) {
            @Override
            String configuration(Path folder, int port, int peer, boolean primary) {
                var zone = primary
                        ? "    notify: peer\n    zonefile-load: difference\n    journal-content: changes\n"
                        : "    master: peer\n    zonefile-sync: -1\n";
                return """
                        server:
                            rundir: "%2$s"
                            listen: 127.0.0.1@%1$d
                            udp-workers: 1
                            tcp-workers: 1
                            background-workers: 1
                        log:
                          - target: stderr
                            any: info
                        database:
                            storage: "%2$s"
                        key:
                          - id: %3$s
                            algorithm: hmac-sha256
                            secret: %4$s
                        remote:
                          - id: peer
                            address: 127.0.0.1@%5$d
                            key: %3$s
                        acl:
                          - id: peer
                            address: 127.0.0.0/8
                            key: %3$s
                            action: [transfer, notify]
                        zone:
                          - domain: example.com
                            storage: "%2$s"
                            file: example.com.zone
                            acl: peer
                        """.formatted(port, folder, KEY, SECRET, peer) + zone;
            }
        };

        private final String program;

        @SuppressWarnings("ImmutableEnumChecker") // the list is a copy
        private final List<String> options;

        Kind(String program, List<String> options) {
            this.program = program;
            this.options = List.copyOf(options);
        }

        abstract String configuration(Path folder, int port, int peer, boolean primary);

        private Path installed() {
            var found = Stream.of("/usr/sbin", "/usr/bin", "/sbin")
                    .map(folder -> Path.of(folder, program))
                    .filter(Files::isExecutable)
                    .findFirst();
            Assumptions.assumeTrue(found.isPresent(), program + " is missing: apt-get install nsd knot");
            return found.orElseThrow();
        }
    }

    private final Process process;
    private final Path folder;

    private Stranger(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /// Starts it; it may take a moment until it answers.
    ///
    /// @param folder of its own, with `example.com.zone` if it is the primary
    /// @param own where it is to listen
    /// @param other the other server's port
    static Stranger start(Kind kind, Path folder, int own, int other, boolean primary) throws IOException {
        Files.writeString(folder.resolve("conf"), kind.configuration(folder, own, other, primary));
        var command = new ArrayList<>(List.of(kind.installed().toString()));
        command.addAll(kind.options);
        command.add(folder.resolve("conf").toString());
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        return new Stranger(process, folder);
    }

    /// One that is free for UDP and TCP.
    static int freePort() throws IOException {
        var loopback = Inet4Address.ofLiteral("127.0.0.1");
        try (var tcp = new ServerSocket(0, 1, loopback);
                var udp = new DatagramSocket(tcp.getLocalPort(), loopback)) {
            return udp.getLocalPort();
        }
    }

    /// Has it read its zones again.
    void reload() throws IOException {
        try {
            new ProcessBuilder("kill", "-HUP", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

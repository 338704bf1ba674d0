package wirelab.dnsserver.judges;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsMessage;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Somebody else's name server, run with some zone files on a free port. Confined to one thread.
final class Peer implements AutoCloseable {
    private static final int START_TRIES = 100;
    private static final int PORT_TRIES = 5;
    private static final int WAIT_MILLIS = 200;
    private static final int TRIES = 20;

    /// A kind of server: its program, and how it is told what to do.
    enum Kind {
        NSD("nsd") {
            @Override
            List<String> command(Path folder) {
                return List.of("-d", "-c", folder.resolve("conf").toString());
            }

            @Override
            String configuration(Path folder, int port, List<String> zones) {
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
                          logfile: "%2$s/log"
                          rrl-ratelimit: 0
                        remote-control:
                          control-enable: no
                        """.formatted(port, folder) + each(zones, "zone:\n  name: %1$s\n  zonefile: %1$s.zone\n");
            }
        },
        KNOT("knotd") {
            @Override
            List<String> command(Path folder) {
                return List.of("-c", folder.resolve("conf").toString());
            }

            @Override
            String configuration(Path folder, int port, List<String> zones) {
                return """
                        server:
                            rundir: "%2$s"
                            listen: 127.0.0.1@%1$d
                            udp-workers: 1
                            tcp-workers: 1
                            background-workers: 1
                        log:
                          - target: stderr
                            any: warning
                        database:
                            storage: "%2$s"
                        zone:
                        """.formatted(port, folder) + each(zones, """
                                  - domain: %1$s
                                    storage: "FOLDER"
                                    file: %1$s.zone
                                    zonefile-sync: -1
                                    journal-content: none
                                """).replace("FOLDER", folder.toString());
            }
        },
        BIND("named") {
            @Override
            List<String> command(Path folder) {
                return List.of("-n", "1", "-g", "-c", folder.resolve("conf").toString());
            }

            @Override
            String configuration(Path folder, int port, List<String> zones) {
                return """
                        options { directory "%2$s"; listen-on port %1$d { 127.0.0.1; }; listen-on-v6 { none; };
                          pid-file "%2$s/pid"; session-keyfile "%2$s/key"; recursion no; allow-transfer { none; };
                          dnssec-validation no; notify no; minimal-responses yes; minimal-any yes; };
                        controls { };
                        """.formatted(port, folder)
                        + each(zones, "zone \"%1$s\" { type primary; file \"%1$s.zone\"; check-names ignore; };\n");
            }
        };

        private final String program;

        Kind(String program) {
            this.program = program;
        }

        abstract List<String> command(Path folder);

        abstract String configuration(Path folder, int port, List<String> zones);

        private static String each(List<String> zones, String form) {
            return zones.stream().map(form::formatted).collect(Collectors.joining());
        }

        private Path installed() {
            var found = Stream.of("/usr/sbin", "/usr/bin", "/sbin")
                    .map(folder -> Path.of(folder, program))
                    .filter(Files::isExecutable)
                    .findFirst();
            Assumptions.assumeTrue(found.isPresent(), program + " is missing: apt-get install nsd knot bind9");
            return found.orElseThrow();
        }
    }

    private final Process process;
    private final DatagramSocket socket;

    private Peer(Process process, DatagramSocket socket) {
        this.process = process;
        this.socket = socket;
    }

    /// Starts it and waits until it answers `probe`; at another port, if that one was taken meanwhile.
    ///
    /// @param folder with the zone files, each `NAME.zone`
    static Peer start(Kind kind, Path folder, List<String> zones, Bytes probe) throws IOException {
        var program = kind.installed();
        for (int i = 0; i < PORT_TRIES; i++) {
            int port = freePort();
            Files.writeString(folder.resolve("conf"), kind.configuration(folder, port, zones));
            var peer = launch(program, kind.command(folder), folder, port);
            if (!peer.asked(probe, START_TRIES).isEmpty()) {
                return peer;
            }
            peer.close();
        }
        throw new IOException(program + " does not answer: " + Files.readString(folder.resolve("output")));
    }

    private static Peer launch(Path program, List<String> options, Path folder, int port) throws IOException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(options);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        var socket = new DatagramSocket();
        socket.connect(Inet4Address.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(WAIT_MILLIS);
        return new Peer(process, socket);
    }

    /// One that is free for TCP too, which all of them bind.
    private static int freePort() throws IOException {
        var loopback = Inet4Address.ofLiteral("127.0.0.1");
        try (var tcp = new ServerSocket(0, 1, loopback);
                var udp = new DatagramSocket(tcp.getLocalPort(), loopback)) {
            return udp.getLocalPort();
        }
    }

    DnsMessage ask(Bytes query) throws IOException {
        return asked(query, TRIES).stream().findFirst().orElseThrow(() -> new IOException("no answer to " + query));
    }

    private List<DnsMessage> asked(Bytes query, int tries) throws IOException {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        for (int i = 0; i < tries; i++) {
            try {
                socket.send(new DatagramPacket(query.toArray(), query.size()));
                socket.receive(packet);
                var answer = DnsCodec.decode(Bytes.copyOf(packet.getData()).slice(0, packet.getLength()));
                if (answer.header().id() == (query.at(0) << 8 | query.at(1))
                        && answer.header().rcode().number() != 2) {
                    return List.of(answer);
                }
            } catch (SocketTimeoutException | PortUnreachableException e) {
                if (hasEnded()) {
                    return List.of();
                }
            } catch (MalformedException e) {
                throw new IOException(e);
            }
        }
        return List.of();
    }

    /// Waits a little: what is not bound yet says so at once, and would use up all tries.
    private boolean hasEnded() throws IOException {
        try {
            return process.waitFor(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

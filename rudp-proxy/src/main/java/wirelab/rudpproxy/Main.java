package wirelab.rudpproxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import wirelab.daemon.Daemon;
import wirelab.daemon.DaemonOptions;
import wirelab.daemon.DeviceMtu;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.ImpairmentOptions;
import wirelab.daemon.Program;
import wirelab.rudp.RudpPacketNaming;
import wirelab.rudp.RudpServer;
import wirelab.rudp.congestion.Congestion;
import wirelab.rudp.transport.RudpListener;
import wirelab.rudp.transport.TransportConfig;

/// The command line of rudp-proxy.
@Command(name = "rudp-proxy", description = "Speaks reliable UDP with clients, and asks the scrap server for them.")
public final class Main implements Callable<Integer> {
    /// SIGNGETs of one session that may wait at once; a client of ours has one.
    private static final int FETCHES = 4;

    /// One address may have a tenth of the sessions, so that nine others have room: by default a thousand, more than
    /// sit behind one NAT in any lab. Where there are few sessions in all, it may have so many of them.
    private static final int ADDRESSES = 10;

    private static final int LEAST_SHARE = 100;

    /// Clients that have not shown that they get mail where they claim to be; when there are more, all must first.
    private static final int UNPROVEN = 50;

    @Mixin
    DaemonOptions daemon = new DaemonOptions();

    @Mixin
    ImpairmentOptions impairment = new ImpairmentOptions();

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.10:49152",
            description = "Where clients speak RUDP (default: ${DEFAULT-VALUE}).")
    InetSocketAddress listen = new InetSocketAddress(0);

    @Option(
            names = "--scrap",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.5:49153",
            description = "Where the scrap server is (default: ${DEFAULT-VALUE}).")
    InetSocketAddress scrap = new InetSocketAddress(0);

    @Option(
            names = "--scrap-source",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.10:49153",
            description = "Where the connection to it comes from; port 0 is any (default: ${DEFAULT-VALUE}).")
    InetSocketAddress scrapSource = new InetSocketAddress(0);

    @Option(
            names = "--http",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.1:80",
            description = "Where the HTTP server is, whose files clients fetch (default: ${DEFAULT-VALUE}).")
    InetSocketAddress http = new InetSocketAddress(0);

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "A session that is silent for this long is forgotten (default: ${DEFAULT-VALUE}).")
    Duration idle = Duration.ZERO;

    @Option(
            names = "--sessions",
            paramLabel = "COUNT",
            defaultValue = "10000",
            description = "Sessions at once; more are told SIGNFULL (default: ${DEFAULT-VALUE}).")
    int sessions;

    @Option(
            names = "--congestion",
            paramLabel = "NAME",
            defaultValue = "bbr",
            description =
                    "How much of a file is under way, and how fast it goes: bbr, cubic, newreno, or always the same,"
                            + " as fixed:10mbit/64000 (bits a second, octets under way) (default: ${DEFAULT-VALUE}).")
    Congestion congestion = TransportConfig.DEFAULT.congestion();

    @Option(
            names = "--qlog",
            paramLabel = "DIR",
            description = "A directory for a trace of each connection, in qlog's format; off by default.")
    Optional<Path> qlog = Optional.empty();

    public static void main(String[] arguments) {
        System.exit(new Program(new Main()).run(arguments));
    }

    @Override
    public Integer call() throws IOException, ExitException {
        var config = config();
        return Daemon.serve("rudp-proxy", daemon, metrics -> RudpProxy.open(config, metrics));
    }

    /// A quarter of the memory that there is; the rest is for files on their way, sessions, and garbage.
    private static long sendMemory() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    private ProxyConfig config() throws ExitException {
        if (!idle.isPositive()) {
            throw new ExitException(ExitCode.CONFIG, "--idle " + idle.toSeconds() + "s: takes a time over zero");
        }
        if (sessions < 1) {
            throw new ExitException(ExitCode.CONFIG, "--sessions " + sessions + ": takes a number from 1 up");
        }
        int share = Math.max(sessions / ADDRESSES, Math.min(sessions, LEAST_SHARE));
        var bad = impairment.plan(new RudpPacketNaming(), new SecureRandom());
        // A bad network is made of Ethernet, whatever device is under it.
        int datagram = bad.isPresent() ? DeviceMtu.ETHERNET_PAYLOAD : DeviceMtu.payload(listen.getAddress());
        return new ProxyConfig(
                listen,
                scrap,
                scrapSource,
                http,
                new RudpServer.Limits(idle, sessions, share, FETCHES),
                new RudpListener.Limits(sessions, share, Math.min(UNPROVEN, Math.max(1, share / 2)), sendMemory()),
                // A request is a line: no more is taken from clients than they may send before they know that.
                TransportConfig.DEFAULT
                        .withReceiveWindow(TransportConfig.LEAST_WINDOW)
                        .withMaxDatagram(datagram)
                        .withCongestion(congestion),
                qlog,
                bad);
    }
}

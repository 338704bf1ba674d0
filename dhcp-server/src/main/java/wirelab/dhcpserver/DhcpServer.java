package wirelab.dhcpserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.BindFailure;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Metrics;
import wirelab.daemon.MonotonicClock;
import wirelab.daemon.Service;
import wirelab.daemon.Transport;
import wirelab.daemon.UdpBinding;
import wirelab.daemon.UdpLoop;
import wirelab.daemon.UdpSocket;
import wirelab.dhcp.Ipv4;
import wirelab.dhcpserver.config.DhcpConfig;
import wirelab.dhcpserver.engine.DhcpEngine;
import wirelab.dhcpserver.store.LeaseStore;

/// The running server: a socket for each interface, an engine and a lease file. Safe for many threads.
final class DhcpServer implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);

    /// Reads the options again.
    @FunctionalInterface
    interface Reader {
        DhcpConfig read() throws ExitException;
    }

    private final DhcpConfig config;
    private final Reader reader;
    private final InstantSource clock;
    private final List<UdpLoop> loops;
    private final DhcpHandler.Shared shared;

    private DhcpServer(
            DhcpConfig config, Reader reader, InstantSource clock, List<UdpLoop> loops, DhcpHandler.Shared shared) {
        this.config = config;
        this.reader = reader;
        this.clock = clock;
        this.loops = loops;
        this.shared = shared;
    }

    /// @param reader what reads the options again when a reload is asked for
    static DhcpServer open(DhcpConfig config, Reader reader, Metrics metrics) throws IOException, ExitException {
        var sockets = new ArrayList<UdpSocket>();
        try {
            var devices = new ArrayList<NetworkInterface>();
            for (var listener : config.listeners()) {
                devices.add(checked(listener, config));
            }
            for (var listener : config.listeners()) {
                sockets.add(bind(listener, config));
            }
            var clock = new MonotonicClock();
            var store = LeaseStore.open(config.leases(), clock);
            try {
                return start(config, reader, metrics, clock, store, sockets, devices);
            } catch (ExitException e) {
                store.close();
                throw e;
            }
        } catch (IOException | ExitException e) {
            sockets.forEach(UdpSocket::close);
            throw e;
        }
    }

    private static DhcpServer start(
            DhcpConfig config,
            Reader reader,
            Metrics metrics,
            InstantSource clock,
            LeaseStore store,
            List<UdpSocket> sockets,
            List<NetworkInterface> devices)
            throws ExitException {
        var engine = new SharedEngine(engine(config, store), Journal.over(store));
        var watch = new PoolWatch();
        watch.look(engine, clock.instant());
        var shared = new DhcpHandler.Shared(
                engine, new Prober(config.probe()), new TransactionLog(), new Counters(metrics, watch), watch);
        var loops = new ArrayList<UdpLoop>();
        for (int i = 0; i < sockets.size(); i++) {
            var socket = sockets.get(i);
            var addressing = new Addressing(config, socket.localAddress());
            var local = config.listeners().get(i).address();
            var handler = new DhcpHandler(shared, local, devices.get(i), addressing, socket::wakeup);
            loops.add(UdpLoop.start(socket, handler, clock));
        }
        return new DhcpServer(config, reader, clock, loops, shared);
    }

    private static DhcpEngine engine(DhcpConfig config, LeaseStore store) throws ExitException {
        var engine = new DhcpEngine(config.network());
        int read = store.load(engine::remember);
        for (var subnet : config.network().subnets()) {
            LOG.atInfo()
                    .addKeyValue("subnet", subnet.prefix())
                    .addKeyValue("pool", subnet.poolText())
                    .log("serving");
        }
        LOG.atInfo()
                .addKeyValue("file", LeaseStore.shown(config.leases()))
                .addKeyValue("leases", read)
                .log("leases read");
        if (engine.leases() < read) {
            LOG.atWarn()
                    .addKeyValue("leases", read - engine.leases())
                    .log("leases outside the pools are ignored, and stay in the file");
        }
        return engine;
    }

    /// A socket that is bound to one address hears no broadcasts, so it is bound to all, and to the one
    /// interface.
    private static UdpSocket bind(DhcpConfig.Listener listener, DhcpConfig config) throws ExitException {
        var server = listener.address();
        var address = new InetSocketAddress(listener.isPrivateToHost() ? server : Ipv4.ANY, config.port());
        var binding = listener.isPrivateToHost()
                ? UdpBinding.to(address)
                : UdpBinding.to(address)
                        .onDevice(listener.device())
                        .sendingFrom(server)
                        .withBroadcast();
        try {
            return UdpSocket.open(binding);
        } catch (IOException e) {
            throw BindFailure.explain(e, address, Transport.UDP, "--port");
        }
    }

    private static NetworkInterface checked(DhcpConfig.Listener listener, DhcpConfig config)
            throws IOException, ExitException {
        var device = NetworkInterface.getByName(listener.device());
        if (device == null) {
            var names = NetworkInterface.networkInterfaces()
                    .map(NetworkInterface::getName)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new ExitException(
                    ExitCode.CONFIG, "--interface " + listener.device() + " does not exist: choose one of " + names);
        }
        var server = listener.address();
        if (!listener.isPrivateToHost() && NetworkInterface.getByInetAddress(server) == null) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    "--address " + server.getHostAddress() + " is not an address of this machine: put it on the"
                            + " interface (ip addr add " + server.getHostAddress() + "/32 dev " + listener.device()
                            + "), or choose another");
        }
        if (!listener.isPrivateToHost() && !config.realNetwork()) {
            InterfaceGuard.ofThisMachine().check(device);
        }
        return device;
    }

    @Override
    public List<String> addresses() {
        return loops.stream().flatMap(loop -> loop.addresses().stream()).toList();
    }

    /// Takes new pools, hosts, options and policies; no lease is lost, and no message: what comes in the meantime
    /// waits in the socket.
    @Override
    public void reload() {
        try {
            var next = reader.read();
            if (!next.listeners().equals(config.listeners())
                    || next.port() != config.port()
                    || !next.leases().equals(config.leases())) {
                LOG.warn("--interface, --address, --port and --leases change by a restart, not by a reload");
            }
            shared.engine().serve(next.network(), clock.instant());
            LOG.atInfo()
                    .addKeyValue("subnets", next.network().subnets().size())
                    .addKeyValue("hosts", next.network().hosts().size())
                    .addKeyValue("leases", shared.engine().leases())
                    .log("reloaded");
        } catch (ExitException e) {
            LOG.atError().addKeyValue("why", e.getMessage()).log("not reloaded; the old state stays");
        }
    }

    @Override
    public void close() {
        loops.forEach(UdpLoop::close);
        shared.prober().close();
        shared.engine().close();
    }
}

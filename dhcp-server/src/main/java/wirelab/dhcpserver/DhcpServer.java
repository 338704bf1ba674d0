package wirelab.dhcpserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
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
import wirelab.dhcpserver.engine.DhcpEngine;
import wirelab.dhcpserver.store.LeaseStore;
import wirelab.dhcpserver.store.SqliteLeaseStore;

/// The running server: a socket, an engine and a lease file. Safe for many threads.
final class DhcpServer implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);

    private final UdpLoop loop;
    private final LeaseStore store;

    private DhcpServer(UdpLoop loop, LeaseStore store) {
        this.loop = loop;
        this.store = store;
    }

    static DhcpServer open(DhcpConfig config, Metrics metrics) throws IOException, ExitException {
        checkInterface(config);
        var socket = bind(config);
        try {
            var store = SqliteLeaseStore.open(config.leases());
            try {
                var handler = handler(config, store, metrics, socket);
                return new DhcpServer(UdpLoop.start(socket, handler, new MonotonicClock()), store);
            } catch (ExitException e) {
                store.close();
                throw e;
            }
        } catch (ExitException e) {
            socket.close();
            throw e;
        }
    }

    private static DhcpHandler handler(DhcpConfig config, LeaseStore store, Metrics metrics, UdpSocket socket)
            throws ExitException {
        var leases = store.load();
        var engine = new DhcpEngine(config.network(), leases);
        LOG.atInfo()
                .addKeyValue("file", config.leases())
                .addKeyValue("leases", leases.size())
                .addKeyValue("pool", config.network().pool())
                .log("leases read");
        if (engine.leases() < leases.size()) {
            LOG.atWarn()
                    .addKeyValue("leases", leases.size() - engine.leases())
                    .log("leases outside --pool are ignored, and stay in the file");
        }
        return new DhcpHandler(engine, store, new Addressing(config, socket.localAddress()), config.network(), metrics);
    }

    /// A socket that is bound to one address hears no broadcasts, so it is bound to all, and to the one
    /// interface.
    private static UdpSocket bind(DhcpConfig config) throws ExitException {
        var server = config.network().server();
        var address = new InetSocketAddress(config.isPrivateToHost() ? server : Ipv4.ANY, config.port());
        var binding = config.isPrivateToHost()
                ? UdpBinding.to(address)
                : UdpBinding.to(address)
                        .onDevice(config.device())
                        .sendingFrom(server)
                        .withBroadcast();
        try {
            return UdpSocket.open(binding);
        } catch (IOException e) {
            throw BindFailure.explain(e, address, Transport.UDP, "--port");
        }
    }

    private static void checkInterface(DhcpConfig config) throws IOException, ExitException {
        if (NetworkInterface.getByName(config.device()) == null) {
            var names = NetworkInterface.networkInterfaces()
                    .map(NetworkInterface::getName)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new ExitException(
                    ExitCode.CONFIG, "--interface " + config.device() + " does not exist: choose one of " + names);
        }
        var server = config.network().server();
        if (!config.isPrivateToHost() && NetworkInterface.getByInetAddress(server) == null) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    "--address " + server.getHostAddress() + " is not an address of this machine: put it on the"
                            + " interface (ip addr add " + server.getHostAddress() + "/32 dev " + config.device()
                            + "), or choose another");
        }
    }

    @Override
    public List<String> addresses() {
        return loop.addresses();
    }

    @Override
    public void close() {
        loop.close();
        store.close();
    }
}

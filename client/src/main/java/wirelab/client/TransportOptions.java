package wirelab.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;
import wirelab.client.shell.Context;
import wirelab.client.shell.ProxySession;
import wirelab.client.shell.RudpDownload.Route;
import wirelab.daemon.DeviceMtu;
import wirelab.rudp.transport.TransportConfig;
import wirelab.rudp.transport.TransportObserver;

/// By which way files come, and how RUDP's transport is run; a `@Mixin`.
final class TransportOptions {
    enum Via {
        HTTP,
        RUDP
    }

    /// A proxy that was started anew says RESET to a PING, and then the download goes on.
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(3);

    @Option(
            names = "--via",
            paramLabel = "WAY",
            defaultValue = "http",
            description = "http: straight from the HTTP server; rudp: over reliable UDP, by the proxy (default:"
                    + " ${DEFAULT-VALUE}).")
    Via via = Via.HTTP;

    @Option(
            names = "--proxy",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.10:49152",
            description = "The RUDP proxy (default: ${DEFAULT-VALUE}).")
    InetSocketAddress proxy = new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.10"), 49152);

    Route route(Optional<Bind> bind, Context context, TransportObserver.Factory observers) throws IOException {
        return route(proxy, bind, context, observers);
    }

    static Route route(
            InetSocketAddress proxy, Optional<Bind> bind, Context context, TransportObserver.Factory observers)
            throws IOException {
        var port = bind.map(Bind::port).orElse(OptionalInt.empty());
        var local = ProxySession.localEnd(bind.map(Bind::address), port, proxy);
        // A bad network is made of Ethernet, whatever device is under it.
        int datagram =
                context.impairer().isPresent() ? DeviceMtu.ETHERNET_PAYLOAD : DeviceMtu.payload(local.getAddress());
        return new Route(local, proxy, config(context.timeout()).withMaxDatagram(datagram), observers);
    }

    /// @param handshake how long the proxy may take to answer at first
    static TransportConfig config(Duration handshake) {
        return TransportConfig.DEFAULT
                .withTimeouts(TransportConfig.DEFAULT.idleTimeout(), handshake)
                .withKeepAlive(KEEP_ALIVE);
    }
}

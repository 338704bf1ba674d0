package wirelab.rudpproxy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import wirelab.rudp.RudpServer;
import wirelab.rudp.transport.RudpListener;
import wirelab.rudp.transport.TransportConfig;
import wirelab.sim.impair.ImpairmentPlan;

/// What the command line asks for, checked. Immutable.
///
/// @param listen where clients speak RUDP
/// @param scrap where the scrap server is
/// @param scrapSource where the connection to it comes from; port 0 lets the kernel choose
/// @param http where the files are that clients fetch over RUDP
/// @param limits of the sessions that send text signals
/// @param connections limits of the transport's connections
/// @param qlog the directory of their traces
/// @param impairment how the network that clients are on is made bad
public record ProxyConfig(
        InetSocketAddress listen,
        InetSocketAddress scrap,
        InetSocketAddress scrapSource,
        InetSocketAddress http,
        RudpServer.Limits limits,
        RudpListener.Limits connections,
        TransportConfig transport,
        Optional<Path> qlog,
        Optional<ImpairmentPlan> impairment) {}

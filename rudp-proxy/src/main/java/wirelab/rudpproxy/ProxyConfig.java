package wirelab.rudpproxy;

import java.net.InetSocketAddress;
import wirelab.rudp.RudpServer;

/// What the command line asks for, checked. Immutable.
///
/// @param listen where clients speak RUDP
/// @param scrap where the scrap server is
/// @param scrapSource where the connection to it comes from; port 0 lets the kernel choose
public record ProxyConfig(
        InetSocketAddress listen, InetSocketAddress scrap, InetSocketAddress scrapSource, RudpServer.Limits limits) {}

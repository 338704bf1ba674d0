package wirelab.dnsserver;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import wirelab.dnsserver.engine.Identity;
import wirelab.dnsserver.shell.TransferConfig;

/// What the command line says. Immutable.
///
/// @param listen where queries are taken, by UDP and TCP; port 0 is any that is free for both
/// @param zones the zone files; none means the zone that is built in
/// @param threads how many threads answer over UDP, 1 to 64
/// @param queryLog how many lines about queries there may be a second; 0 for none
/// @param access who is answered
/// @param rateLimit how many answers that are alike a network may have a second; 0 for any number
/// @param identity what the server says about itself
/// @param transfers what is agreed with other servers
record DnsConfig(
        InetSocketAddress listen,
        List<Path> zones,
        int threads,
        int queryLog,
        Access access,
        int rateLimit,
        Identity identity,
        TransferConfig transfers) {
    DnsConfig {
        zones = List.copyOf(zones);
    }
}

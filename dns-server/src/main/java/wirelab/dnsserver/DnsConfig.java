package wirelab.dnsserver;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/// What the command line says. Immutable.
///
/// @param listen where queries are taken, by UDP and TCP; port 0 is any that is free for both
/// @param zones the zone files; none means the zone that is built in
record DnsConfig(InetSocketAddress listen, List<Path> zones) {
    DnsConfig {
        zones = List.copyOf(zones);
    }
}

package wirelab.dnsserver.shell;

import java.util.List;
import wirelab.dns.DnsName;
import wirelab.dnsserver.engine.zone.Difference;
import wirelab.dnsserver.engine.zone.Zone;

/// Takes copies of zones as they come and go. Safe for many threads.
public interface Copies {
    /// A zone is there, or there anew.
    ///
    /// @param changes what has led to it, if that is known
    void renewed(Zone zone, List<Difference> changes);

    /// A zone is not to be served any more.
    void expired(DnsName origin);
}

package wirelab.dhcpserver.leases;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import wirelab.dhcpserver.engine.Lease;

/// Leases as a JSON array, an object a line. No value has a character that would have to be escaped: names are of
/// letters, digits and a few marks, the rest is of our own making. Immutable.
final class LeaseJson {
    private LeaseJson() {}

    static String write(List<Lease> leases, Instant now) {
        return leases.stream().map(lease -> object(lease, now)).collect(Collectors.joining(",\n ", "[", "]\n"));
    }

    private static String object(Lease lease, Instant now) {
        return """
                {"address":"%s","state":"%s","until":"%s","hardware":"%s","client":"%s","name":"%s","relay":"%s"}""".formatted(
                        lease.address().getHostAddress(),
                        LeaseTable.state(lease, now),
                        lease.expiry(),
                        lease.chaddr(),
                        lease.client(),
                        lease.hostName(),
                        lease.circuit());
    }
}

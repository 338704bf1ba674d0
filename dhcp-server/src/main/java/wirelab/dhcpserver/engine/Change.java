package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.util.Optional;

/// What must be on disk before anything is sent. Immutable.
///
/// @param lease takes the place of what was known of its address
/// @param gone the address that its client had until now in the same subnet, of which nothing is to be kept
public record Change(Lease lease, Optional<Inet4Address> gone) {}

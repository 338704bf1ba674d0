package wirelab.client.engine;

import java.net.Inet4Address;

/// What became of a lease. Immutable, each of them.
public sealed interface LeaseNews {
    /// The address may be used from now on.
    record Bound(Tenancy tenancy) implements LeaseNews {}

    /// T1: the server of the lease is asked for more time.
    record Renewing(Lease lease) implements LeaseNews {}

    /// T2: everybody is.
    record Rebinding(Lease lease) implements LeaseNews {}

    /// There is more time.
    record Renewed(Tenancy tenancy) implements LeaseNews {}

    /// A server said no, while there was no address in use.
    record Refused(String why) implements LeaseNews {}

    /// Somebody else uses the address that was let, and the server was told.
    record Declined(Inet4Address address) implements LeaseNews {}

    /// The address may be used no more.
    ///
    /// @param why in words, as `it has expired`
    record Lost(Lease lease, String why) implements LeaseNews {}

    /// It was given back.
    record Released(Lease lease) implements LeaseNews {}
}

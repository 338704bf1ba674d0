package wirelab.dhcpserver.engine.network;

/// What the server may do. Immutable.
///
/// @param authoritative whether no other server is in its networks: then it refuses also what it does not know
/// @param rapidCommit whether it leases by two messages to clients that ask for that (RFC 4039)
/// @param probe whether it finds out if somebody is at an address before it offers it
/// @param leasesPerCircuit how many addresses may be out at once through one port of a relay (option 82)
/// @param leasesPerCard how many addresses one hardware address may have at once
public record Policy(
        boolean authoritative, boolean rapidCommit, boolean probe, int leasesPerCircuit, int leasesPerCard) {
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /// As RFC 2131 has it, and without limits.
    public static final Policy PLAIN = new Policy(false, false, false, NO_LIMIT, NO_LIMIT);
}

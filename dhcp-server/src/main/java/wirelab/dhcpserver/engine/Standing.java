package wirelab.dhcpserver.engine;

/// How the address that a client asks for stands to it.
enum Standing {
    /// The client's own, be the lease over or not.
    OWN,
    /// The client's own, but another address is set aside for it, and is free.
    MOVED,
    /// Ours to lend, and nobody's.
    FREE,
    /// Another client's, or set aside for one, or declined.
    TAKEN,
    /// Of the network, but not ours to lend: perhaps another server's.
    UNPOOLED,
    /// Of another network.
    FOREIGN
}

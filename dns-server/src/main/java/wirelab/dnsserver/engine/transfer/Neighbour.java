package wirelab.dnsserver.engine.transfer;

import java.net.InetSocketAddress;
import java.util.Optional;
import wirelab.dns.tsig.TsigKey;

/// Another server of a zone: a primary that we copy from, or a secondary that we tell of changes. Immutable.
///
/// @param key what both of us sign with, if anything
public record Neighbour(InetSocketAddress address, Optional<TsigKey> key) {}

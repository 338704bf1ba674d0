package wirelab.dnsserver.engine;

import java.net.Inet4Address;

/// Who asks, how, and when. Immutable.
///
/// @param seconds since 1970, for cookies
/// @param mayAsk whether it is of a network that is answered
public record Client(Carrier carrier, Inet4Address address, long seconds, boolean mayAsk) {}

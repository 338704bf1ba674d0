package wirelab.client.report;

import wirelab.client.capture.Endpoint;

/// Who is behind an address, by what it does. Immutable.
///
/// @param name as `DNS server`
/// @param end where; port 0 stands for all ports
/// @param because what gave it away
/// @param frame where that was
public record Role(String name, Endpoint end, String because, int frame) {}

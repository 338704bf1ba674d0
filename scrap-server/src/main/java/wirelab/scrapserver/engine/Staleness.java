package wirelab.scrapserver.engine;

import java.time.Instant;

/// That a list is an old one. Immutable.
///
/// @param seen when it was last known to be true
/// @param reason why it is not known to be so now
public record Staleness(Instant seen, String reason) {}

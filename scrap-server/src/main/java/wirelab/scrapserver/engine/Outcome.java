package wirelab.scrapserver.engine;

import wirelab.scrap.FileDetails;
import wirelab.scrap.ScrapFailure;

/// What a look at the page has brought.
public sealed interface Outcome {
    /// There is a list where there was none, or another one than before. Immutable.
    ///
    /// @param page where it was found, after all redirects
    record Changed(FileDetails list, PageAddress page) implements Outcome {}

    /// The list is as it was. Immutable.
    ///
    /// @param again whether the look before this one had failed
    record Unchanged(boolean again) implements Outcome {}

    /// The page is elsewhere; ask there. Immutable.
    record Moved(PageAddress page) implements Outcome {}

    /// No list came of it; an older one stays. Immutable.
    ///
    /// @param reason what the peer is told while there is no list
    /// @param news whether the look before this one went well, or failed for another reason
    record Failed(ScrapFailure reason, boolean news) implements Outcome {}
}

package wirelab.scrap;

/// What the scrap server sends before it closes: a [FileList], [FileDetails] or a [ScrapFailure]. Immutable.
public sealed interface ScrapReply permits FileList, FileDetails, ScrapFailure {}

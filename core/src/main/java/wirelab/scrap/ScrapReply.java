package wirelab.scrap;

/// What the scrap server sends before it closes: a [FileList] or a [ScrapFailure]. Immutable.
public sealed interface ScrapReply permits FileList, ScrapFailure {}

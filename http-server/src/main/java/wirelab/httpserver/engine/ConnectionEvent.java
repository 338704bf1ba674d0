package wirelab.httpserver.engine;

/// What can happen to a connection.
enum ConnectionEvent {
    /// Octets came, and they are not a whole head.
    OCTETS,
    /// A head came, and a body follows it.
    BODY,
    /// A request is whole, and is to be looked up.
    REQUEST,
    /// A response is made.
    ANSWER,
    /// It is gone, and the connection goes on.
    SENT,
    /// It is gone, and it was our wish that it is the last.
    SENT_LAST,
    /// It is gone, and it was the client's wish that it is the last.
    SENT_AND_DONE,
    /// The client sends nothing more.
    ENDED,
    /// The deadline passed.
    ALARM,
    /// The server is about to end.
    DRAIN
}

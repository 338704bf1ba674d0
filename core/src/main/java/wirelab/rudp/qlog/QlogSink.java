package wirelab.rudp.qlog;

/// Takes one trace, record by record.
public interface QlogSink {
    /// The next record, with the separators before and after it.
    void write(String record);

    /// Nothing follows. Called once.
    void end();
}

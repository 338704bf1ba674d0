package wirelab.client.output;

/// Is told how far a download is. Confined to one thread.
public interface Progress {
    /// A download begins.
    ///
    /// @param total octets expected; less than zero where nobody knows
    void begin(String name, long total);

    /// So many octets have arrived, all together.
    void advance(long octets);

    /// It is over, one way or the other.
    void end();
}

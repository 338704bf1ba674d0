package wirelab.sim;

/// What a bad path does to a packet.
public enum Deed {
    /// It never arrives.
    DROP("drop", "dropped"),
    /// It finds the queue full, and never arrives.
    OVERFLOW("overflow", "overflowed"),
    /// It arrives later than others that were sent with it.
    DELAY("delay", "delayed"),
    /// It arrives twice.
    DUPLICATE("duplicate", "duplicated"),
    /// It is held back, so that others may overtake it.
    REORDER("reorder", "reordered"),
    /// It arrives with other octets.
    CORRUPT("corrupt", "corrupted");

    private final String verb;
    private final String past;

    Deed(String verb, String past) {
        this.verb = verb;
        this.past = past;
    }

    /// As a rule says it: `drop`.
    public String verb() {
        return verb;
    }

    /// As a report says it: `dropped`.
    public String past() {
        return past;
    }
}

package wirelab.dhcpserver.leases;

/// A line of another server's lease file that is not understood.
final class UnreadableLeases extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableLeases(int line, String why) {
        super("line " + line + ": " + why);
    }
}

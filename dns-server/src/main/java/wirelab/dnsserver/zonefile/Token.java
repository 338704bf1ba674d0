package wirelab.dnsserver.zonefile;

/// A word of a zone file, or a quoted string without its quotes; backslashes are still in it. Immutable.
record Token(String text, boolean quoted, Position at) {
    boolean is(String word) {
        return !quoted && text.equalsIgnoreCase(word);
    }

    /// As it stands in the file.
    @Override
    public String toString() {
        return quoted ? '"' + text + '"' : text;
    }
}

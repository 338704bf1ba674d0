package wirelab.scrap;

import wirelab.wire.Bytes;

/// What a scrap server can be asked for: seven octets, no terminator. The two differ in their fifth octet.
public enum ScrapRequest {
    /// The names of the files; the answer is a [FileList].
    NAMES("SIGNGET"),
    /// The names with sizes and dates; the answer is [FileDetails].
    DETAILS("SIGNLST");

    /// How long each of them is.
    public static final int OCTETS = 7;

    private final String word;

    ScrapRequest(String word) {
        this.word = word;
    }

    /// The seven octets.
    public Bytes wire() {
        return Bytes.ascii(word);
    }
}

package wirelab.dns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import wirelab.wire.Bytes;

/// A domain name: labels up to the root. Immutable.
///
/// Keeps the case it was given, and is equal to the same name in any other case (RFC 4343): only the letters A to Z
/// count for that, a label may hold any octets. Held as on the wire, uncompressed:
///
/// ```
/// +---+---+---+---+---+---+---+---+---+---+---+---+---+
/// | 7 | e   x   a   m   p   l   e | 3 | c   o   m | 0 |
/// +---+---+---+---+---+---+---+---+---+---+---+---+---+
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-3.1 RFC 1035
/// @spec https://www.rfc-editor.org/rfc/rfc4343 RFC 4343
public final class DnsName implements Comparable<DnsName> {
    /// The longest label, in octets.
    public static final int MAX_LABEL = 63;

    /// The longest name on the wire, length octets and the root's zero included.
    public static final int MAX_OCTETS = 255;

    public static final DnsName ROOT = new DnsName(new byte[1], 0);

    /// Shared with the names under this one that it was made from; this one begins at `start`.
    private final byte[] octets;

    private final int start;
    private final int hash;

    private DnsName(byte[] octets, int start) {
        this.octets = octets;
        this.start = start;
        int code = 1;
        for (int i = start; i < octets.length; i++) {
            code = 31 * code + lower(octets[i]);
        }
        this.hash = code;
    }

    /// The name that `text` spells, as `example.com` or `example.com.`; `\.` is a dot within a label, `\065` an octet
    /// in
    /// decimal, and `.` alone the root.
    ///
    /// @throws IllegalArgumentException if a label or the name is empty or too long, or a character is not ASCII
    public static DnsName of(String text) {
        return ofLabels(DnsText.labels(text));
    }

    /// The name of these labels, the root's not among them.
    ///
    /// @throws IllegalArgumentException if a label is empty or over 63 octets, or the name over 255
    public static DnsName ofLabels(List<Bytes> labels) {
        int size = 1;
        for (var label : labels) {
            if (label.isEmpty()) {
                throw new IllegalArgumentException("an empty label");
            }
            if (label.size() > MAX_LABEL) {
                throw new IllegalArgumentException("a label of " + label.size() + " octets; 63 is the most");
            }
            size += 1 + label.size();
        }
        if (size > MAX_OCTETS) {
            throw new IllegalArgumentException("a name of " + size + " octets; 255 is the most");
        }
        var octets = new byte[size];
        int at = 0;
        for (var label : labels) {
            octets[at++] = (byte) label.size();
            for (int i = 0; i < label.size(); i++) {
                octets[at++] = (byte) label.at(i);
            }
        }
        return new DnsName(octets, 0);
    }

    /// The name whose octets these are, as [#toBytes] gives them.
    ///
    /// @throws IllegalArgumentException if they are no name, or more than one
    public static DnsName ofWire(Bytes octets) {
        int at = 0;
        while (at < octets.size() && octets.at(at) != 0 && octets.at(at) <= MAX_LABEL) {
            at += 1 + octets.at(at);
        }
        if (at != octets.size() - 1 || octets.at(at) != 0 || octets.size() > MAX_OCTETS) {
            throw new IllegalArgumentException("no name: " + octets);
        }
        return ofChecked(octets.toArray());
    }

    /// Takes over octets whose form the codec has checked.
    static DnsName ofChecked(byte[] octets) {
        return octets.length == 1 ? ROOT : new DnsName(octets, 0);
    }

    public boolean isRoot() {
        return octets[start] == 0;
    }

    /// Octets on the wire, uncompressed.
    public int size() {
        return octets.length - start;
    }

    /// How many labels there are; the root has none.
    public int depth() {
        int count = 0;
        for (int i = start; octets[i] != 0; i += 1 + octets[i]) {
            count++;
        }
        return count;
    }

    /// From the host's label to the top one's.
    public List<Bytes> labels() {
        var labels = new ArrayList<Bytes>();
        for (int i = start; octets[i] != 0; i += 1 + octets[i]) {
            labels.add(Bytes.copyOf(Arrays.copyOfRange(octets, i + 1, i + 1 + octets[i])));
        }
        return List.copyOf(labels);
    }

    /// The name without its first label.
    ///
    /// @throws IllegalStateException for the root
    public DnsName parent() {
        if (isRoot()) {
            throw new IllegalStateException("the root has no parent");
        }
        return new DnsName(octets, start + 1 + octets[start]);
    }

    /// The name with one more label before it.
    ///
    /// @throws IllegalArgumentException if that label is empty or too long, or the name becomes so
    public DnsName child(String label) {
        var labels = new ArrayList<>(labels());
        labels.addFirst(Bytes.ascii(label));
        return ofLabels(labels);
    }

    /// This name with `origin` in the root's place: what a relative name in a zone file stands for.
    ///
    /// @throws IllegalArgumentException if that is over 255 octets
    public DnsName under(DnsName origin) {
        var labels = new ArrayList<>(labels());
        labels.addAll(origin.labels());
        return ofLabels(labels);
    }

    /// Whether this is `other`, or lies somewhere below it.
    public boolean isWithin(DnsName other) {
        int skip = size() - other.size();
        if (skip < 0) {
            return false;
        }
        int at = start;
        while (at < start + skip) {
            at += 1 + octets[at];
        }
        return at == start + skip && sameOctets(at, other);
    }

    /// Whether the first label is `*`, which stands for what is not there.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc4592#section-2.1.1 RFC 4592
    public boolean isWildcard() {
        return octets[start] == 1 && octets[start + 1] == '*';
    }

    /// Whether each letter is also of the same case.
    public boolean equalsWithCase(DnsName other) {
        return Arrays.equals(octets, start, octets.length, other.octets, other.start, other.octets.length);
    }

    /// As on the wire, uncompressed.
    public Bytes toBytes() {
        return Bytes.copyOf(Arrays.copyOfRange(octets, start, octets.length));
    }

    /// The first label with its length before it, as on the wire.
    byte[] firstLabel() {
        return Arrays.copyOfRange(octets, start, start + 1 + octets[start]);
    }

    private boolean sameOctets(int from, DnsName other) {
        for (int i = from, j = other.start; i < octets.length; i++, j++) {
            // Length octets are at most 63, under every letter, so they need no exception.
            if (lower(octets[i]) != lower(other.octets[j])) {
                return false;
            }
        }
        return true;
    }

    /// Canonical order: label by label from the root's side, each as octets in lower case, the shorter one first. So a
    /// name comes before all those below it.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc4034#section-6.1 RFC 4034
    @Override
    public int compareTo(DnsName other) {
        int mine = depth();
        int theirs = other.depth();
        while (mine > 0 && theirs > 0) {
            int order = compareLabels(labelAt(--mine), other, other.labelAt(--theirs));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine, theirs);
    }

    private int labelAt(int index) {
        int at = start;
        for (int i = 0; i < index; i++) {
            at += 1 + octets[at];
        }
        return at;
    }

    private int compareLabels(int at, DnsName other, int otherAt) {
        int length = Math.min(octets[at], other.octets[otherAt]);
        for (int i = 1; i <= length; i++) {
            int order = Integer.compare(lower(octets[at + i]) & 0xff, lower(other.octets[otherAt + i]) & 0xff);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(octets[at], other.octets[otherAt]);
    }

    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DnsName that && hash == that.hash && size() == that.size() && sameOctets(start, that);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /// As Wireshark shows it: `example.com`, without the root's dot; the root is `.`.
    @Override
    public String toString() {
        if (isRoot()) {
            return ".";
        }
        var text = new StringBuilder();
        for (int i = start; octets[i] != 0; i += 1 + octets[i]) {
            if (i > start) {
                text.append('.');
            }
            DnsText.append(text, new String(octets, i + 1, octets[i], StandardCharsets.ISO_8859_1), ".");
        }
        return text.toString();
    }
}

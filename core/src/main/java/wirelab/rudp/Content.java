package wirelab.rudp;

import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import wirelab.rudp.RudpMessage.AckGet;
import wirelab.rudp.RudpMessage.AckPart;
import wirelab.rudp.RudpMessage.PartRange;
import wirelab.rudp.RudpMessage.Reply;
import wirelab.wire.Bytes;

/// The answer to a SIGNGET, which goes out in one [AckGet] or in numbered [AckPart]s. Immutable.
///
/// Many sessions share one: it is cut when it is sent, not when it is kept.
public final class Content {
    /// A message of RUDP has at most this many octets, so that no path fragments it: IPv6 promises 1280, and its header
    /// and UDP's take 48.
    public static final int LARGEST_MESSAGE = 1200;

    /// Octets of content in each part but the last: what is left beside the longest `ACKGET:<id>;#<n>/<n>/<crc>;`.
    private static final int FRAGMENT = LARGEST_MESSAGE - "ACKGET:4294967295;#4096/4096/00000000;".length();

    /// Octets of the longest content that can be sent at all.
    public static final int LARGEST = FRAGMENT * AckPart.MOST;

    private final Bytes octets;
    private final int checksum;
    private final int count;

    private Content(Bytes octets) {
        this.octets = octets;
        this.checksum = checksum(octets);
        this.count = (octets.size() + FRAGMENT - 1) / FRAGMENT;
    }

    /// Takes what the scrap server said.
    ///
    /// @throws IllegalArgumentException if it is longer than [#LARGEST], or looks like a part itself
    public static Content of(Bytes octets) {
        if (octets.size() > LARGEST) {
            throw new IllegalArgumentException("a content has at most " + LARGEST + " octets");
        }
        if (AckPart.marks(octets)) {
            throw new IllegalArgumentException("a content that begins with '#' and a digit looks like a part");
        }
        return new Content(octets);
    }

    static int checksum(Bytes octets) {
        var crc = new CRC32();
        crc.update(octets.toBuffer());
        return (int) crc.getValue();
    }

    public Bytes octets() {
        return octets;
    }

    /// How many datagrams carry it: one, or as many as it has parts.
    int datagrams(long id) {
        return fits(id) ? 1 : count;
    }

    private boolean fits(long id) {
        return RudpCodec.encode(new AckGet(id, Bytes.EMPTY)).size() + octets.size() <= LARGEST_MESSAGE;
    }

    /// The datagrams numbered `range`, as far as there are such.
    List<Reply> replies(long id, PartRange range) {
        return IntStream.rangeClosed(range.first(), Math.min(range.last(), datagrams(id)))
                .mapToObj(number -> reply(id, number))
                .toList();
    }

    private Reply reply(long id, int number) {
        if (fits(id)) {
            return new AckGet(id, octets);
        }
        int from = (number - 1) * FRAGMENT;
        return new AckPart(id, number, count, checksum, octets.slice(from, Math.min(from + FRAGMENT, octets.size())));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content that && octets.equals(that.octets);
    }

    @Override
    public int hashCode() {
        return checksum;
    }

    @Override
    public String toString() {
        return octets.size() + " octets";
    }
}

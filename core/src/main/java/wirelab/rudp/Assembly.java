package wirelab.rudp;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import wirelab.rudp.RudpMessage.AckPart;
import wirelab.rudp.RudpMessage.PartRange;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// Puts the parts of one content together again, in whatever order they come. Confined to one thread.
final class Assembly {
    private final int count;
    private final int checksum;
    private final Bytes[] fragments;
    private final BitSet held = new BitSet();

    /// Waits for the parts that belong with `part`; it is not added yet.
    Assembly(AckPart part) {
        count = part.count();
        checksum = part.checksum();
        fragments = new Bytes[count];
    }

    /// Whether `part` is of the same content.
    boolean fits(AckPart part) {
        return part.count() == count && part.checksum() == checksum;
    }

    /// Keeps a part.
    ///
    /// @return false if it was there already
    boolean add(AckPart part) {
        int index = part.number() - 1;
        if (held.get(index)) {
            return false;
        }
        fragments[index] = part.fragment();
        held.set(index);
        return true;
    }

    boolean isComplete() {
        return held.cardinality() == count;
    }

    boolean lacksAnyOf(List<PartRange> ranges) {
        return ranges.stream().anyMatch(range -> held.nextClearBit(range.first() - 1) < range.last());
    }

    /// The first parts that lack, `most` of them.
    List<PartRange> missing(int most) {
        var ranges = new ArrayList<PartRange>();
        int left = most;
        int from = held.nextClearBit(0);
        while (from < count && left > 0 && ranges.size() < RudpMessage.SignLost.MOST_RANGES) {
            int next = held.nextSetBit(from);
            int end = Math.min(next < 0 ? count : next, from + left);
            ranges.add(new PartRange(from + 1, end));
            left -= end - from;
            from = held.nextClearBit(end);
        }
        return ranges;
    }

    /// All of it, once it is complete; nothing if its checksum is another than the parts say.
    Optional<Bytes> content() {
        var out = new WireWriter(count * Content.LARGEST_MESSAGE);
        for (var fragment : fragments) {
            out.bytes(fragment);
        }
        var octets = out.toBytes();
        return Content.checksum(octets) == checksum ? Optional.of(octets) : Optional.empty();
    }
}

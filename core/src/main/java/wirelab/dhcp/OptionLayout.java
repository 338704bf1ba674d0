package wirelab.dhcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// Where a message's options stand: all in the options field, or, if it has no room for them, some in `file` and
/// `sname`. Immutable.
///
/// An option of up to 255 octets stays in one piece; a longer one is cut, and its pieces stand in the order in which
/// they are read (RFC 3396 section 5).
///
/// @param options the options field, with option 52 and its end
/// @param file what stands in `file`, or nothing
/// @param sname what stands in `sname`, or nothing
/// @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.1 RFC 2131
record OptionLayout(Bytes options, Optional<Bytes> file, Optional<Bytes> sname) {
    private static final int MAX_PIECE = 255;
    private static final int OVERLOAD_OCTETS = 3;

    /// Without these a reply says nothing, or does not arrive; all others give way where there is no room.
    private static final Set<Integer> ESSENTIAL = Set.of(1, 51, 53, 54, 56, 61, 80, 82);

    /// All of `options`, one after the other, however long that is.
    static OptionLayout unbounded(List<DhcpOption> options) {
        return inOrder(options, Integer.MAX_VALUE).orElseThrow();
    }

    /// As many of `options` as fit, the last ones left out first; those that matter stay, and if not even they fit, the
    /// field is longer than it should be.
    ///
    /// @param room octets of the options field, its end included
    /// @param fileIsFree whether `file` may hold options
    /// @param snameIsFree whether `sname` may
    static OptionLayout fit(List<DhcpOption> options, int room, boolean fileIsFree, boolean snameIsFree) {
        var kept = new ArrayList<>(options);
        while (true) {
            var layout = inOrder(kept, room).or(() -> overloaded(kept, room, fileIsFree, snameIsFree));
            if (layout.isPresent()) {
                return layout.get();
            }
            int last = lastDispensable(kept);
            if (last < 0) {
                return unbounded(kept);
            }
            kept.remove(last);
        }
    }

    private static int lastDispensable(List<DhcpOption> options) {
        for (int i = options.size() - 1; i >= 0; i--) {
            if (!ESSENTIAL.contains(options.get(i).code())) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<OptionLayout> inOrder(List<DhcpOption> options, int room) {
        var field = new Field(room - 1);
        for (var option : options) {
            if (!place(option, List.of(field))) {
                return Optional.empty();
            }
        }
        return Optional.of(new OptionLayout(field.ended(), Optional.empty(), Optional.empty()));
    }

    private static Optional<OptionLayout> overloaded(
            List<DhcpOption> options, int room, boolean fileIsFree, boolean snameIsFree) {
        var main = new Field(room - 1 - OVERLOAD_OCTETS);
        var file = new Field(fileIsFree ? DhcpMessage.FILE_OCTETS - 1 : 0);
        var sname = new Field(snameIsFree ? DhcpMessage.SNAME_OCTETS - 1 : 0);
        for (var option : options) {
            if (!place(option, List.of(main, file, sname))) {
                return Optional.empty();
            }
        }
        int overload = (file.isEmpty() ? 0 : 1) | (sname.isEmpty() ? 0 : 2);
        main.written.u8(DhcpCodec.OVERLOAD).u8(1).u8(overload);
        return Optional.of(new OptionLayout(
                main.ended(),
                file.isEmpty() ? Optional.empty() : Optional.of(file.ended()),
                sname.isEmpty() ? Optional.empty() : Optional.of(sname.ended())));
    }

    private static boolean place(DhcpOption option, List<Field> fields) {
        var data = OptionCodec.encode(option);
        if (data.size() <= MAX_PIECE) {
            for (var field : fields) {
                if (field.left() >= 2 + data.size()) {
                    field.piece(option.code(), data);
                    return true;
                }
            }
            return false;
        }
        int from = 0;
        for (var field : fields) {
            while (from < data.size() && field.left() > 2) {
                int to = Math.min(data.size(), from + Math.min(MAX_PIECE, field.left() - 2));
                field.piece(option.code(), data.slice(from, to));
                from = to;
            }
        }
        return from == data.size();
    }

    /// One of the three places, being filled. Confined to one thread.
    private static final class Field {
        private final int room;
        private final WireWriter written = new WireWriter(64);

        Field(int room) {
            this.room = room;
        }

        int left() {
            return room - written.position();
        }

        boolean isEmpty() {
            return written.position() == 0;
        }

        void piece(int code, Bytes data) {
            written.u8(code).u8(data.size()).bytes(data);
        }

        Bytes ended() {
            return written.u8(DhcpCodec.END).toBytes();
        }
    }
}

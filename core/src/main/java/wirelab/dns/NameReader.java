package wirelab.dns;

import java.util.Arrays;
import wirelab.wire.MalformedException;
import wirelab.wire.WireReader;

/// Reads a name, following the pointers that compression has put into it. Immutable: it holds nothing.
///
/// ```
/// 00xxxxxx + that many octets   a label; a length of 0 ends the name
/// 11xxxxxx xxxxxxxx             the name goes on at this octet of the message
/// ```
///
/// A pointer goes to an earlier octet than any that the name has come from (RFC 1035 section 4.1.4: "a prior
/// occurrence"), so there is no loop; and no more pointers are followed than a name can have labels.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-4.1.4 RFC 1035
final class NameReader {
    private static final int MAX_POINTERS = 127;
    private static final int POINTER = 0xc0;

    private NameReader() {}

    static DnsName read(WireReader in) throws MalformedException {
        var octets = new byte[DnsName.MAX_OCTETS];
        int size = 0;
        int pointers = 0;
        int segment = in.position();
        int after = -1;
        while (true) {
            int length = in.u8();
            if (length >= POINTER) {
                int target = (length & 0x3f) << 8 | in.u8();
                if (after < 0) {
                    after = in.position();
                }
                if (target >= segment || ++pointers > MAX_POINTERS) {
                    throw in.malformed("a compression pointer to octet " + target + " from the name at " + segment);
                }
                in.seek(target);
                segment = target;
                continue;
            }
            if (length > DnsName.MAX_LABEL) {
                throw in.malformed("a label of the reserved kind " + (length >>> 6));
            }
            // The root's zero must still fit behind this label.
            if (size + 1 + length + (length == 0 ? 0 : 1) > DnsName.MAX_OCTETS) {
                throw in.malformed("a name of more than 255 octets");
            }
            octets[size++] = (byte) length;
            for (int i = 0; i < length; i++) {
                octets[size++] = (byte) in.u8();
            }
            if (length == 0) {
                if (after >= 0) {
                    in.seek(after);
                }
                return DnsName.ofChecked(Arrays.copyOf(octets, size));
            }
        }
    }
}

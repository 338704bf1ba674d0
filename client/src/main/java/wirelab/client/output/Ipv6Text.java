package wirelab.client.output;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;

/// IPv6 addresses in the one short form that everybody is to write, as `2001:db8::1`; the JDK writes all eight groups.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5952#section-4 RFC 5952
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static String of(Inet6Address address) {
        var octets = address.getAddress();
        var groups = new ArrayList<String>();
        for (int i = 0; i < GROUPS; i++) {
            groups.add(Integer.toHexString((octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff)));
        }
        int from = 0;
        int zeros = 0;
        for (int i = 0; i < GROUPS; i++) {
            int run = zerosAt(groups, i);
            if (run > zeros) {
                from = i;
                zeros = run;
            }
        }
        // Section 4.2.2: one group of zeros alone is not shortened.
        return zeros < 2
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, from)) + "::"
                        + String.join(":", groups.subList(from + zeros, GROUPS));
    }

    private static int zerosAt(List<String> groups, int from) {
        int end = from;
        while (end < groups.size() && groups.get(end).equals("0")) {
            end++;
        }
        return end - from;
    }
}

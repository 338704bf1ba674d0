package wirelab.dhcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// A list of domain names in DNS's form, whose pointers count from the first octet of the option. Immutable.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3397#section-2 RFC 3397
final class DomainNames {
    private static final int POINTER = 0xc0;
    private static final int LONGEST_NAME = 253;
    private static final String LABEL = "[A-Za-z0-9_-]{1,63}";
    private static final String NAME = LABEL + "(\\." + LABEL + ")*";

    private DomainNames() {}

    static void check(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no domain");
        }
        for (var name : names) {
            if (name.length() > LONGEST_NAME || !name.matches(NAME)) {
                throw new IllegalArgumentException("'" + name + "' is not a domain name: letters, digits, '-' and '.'");
            }
        }
    }

    static List<String> read(Bytes data) throws MalformedException {
        var names = new ArrayList<String>();
        int at = 0;
        do {
            at = readOne(data, at, names);
        } while (at < data.size());
        return names;
    }

    /// @return where the next name begins
    private static int readOne(Bytes data, int start, List<String> names) throws MalformedException {
        var labels = new ArrayList<String>();
        int next = -1;
        int at = start;
        int before = start;
        while (true) {
            int length = octet(data, at);
            if (length == 0) {
                break;
            }
            if (length >= POINTER) {
                int to = (length - POINTER) << 8 | octet(data, at + 1);
                // Back, and further back each time: so it comes to an end.
                if (to >= before) {
                    throw new MalformedException(at, "a pointer to octet " + to);
                }
                next = next < 0 ? at + 2 : next;
                before = to;
                at = to;
            } else {
                octet(data, at + length);
                labels.add(data.slice(at + 1, at + 1 + length).toLatin1());
                at += 1 + length;
            }
        }
        var name = String.join(".", labels);
        if (name.length() > LONGEST_NAME || !name.matches(NAME)) {
            throw new MalformedException(start, "a domain name that is none");
        }
        names.add(name);
        return next < 0 ? at + 1 : next;
    }

    private static int octet(Bytes data, int at) throws MalformedException {
        if (at >= data.size()) {
            throw new MalformedException(data.size(), "a domain name that goes on");
        }
        return data.at(at);
    }

    static Bytes write(List<String> names) {
        var out = new WireWriter(64);
        Map<String, Integer> written = new LinkedHashMap<>();
        for (var name : names) {
            write(name, out, written);
        }
        return out.toBytes();
    }

    private static void write(String name, WireWriter out, Map<String, Integer> written) {
        var rest = name;
        while (!rest.isEmpty()) {
            var earlier = written.get(rest);
            if (earlier != null) {
                out.u16(POINTER << 8 | earlier);
                return;
            }
            if (out.position() < 0x4000) {
                written.put(rest, out.position());
            }
            int dot = rest.indexOf('.');
            var label = dot < 0 ? rest : rest.substring(0, dot);
            out.u8(label.length()).latin1(label);
            rest = dot < 0 ? "" : rest.substring(dot + 1);
        }
        out.u8(0);
    }
}

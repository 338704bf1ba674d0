package wirelab.dnsserver.zonefile;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import wirelab.dns.DnsName;
import wirelab.dns.DnsText;
import wirelab.wire.Bytes;

/// Reads an entry's words one after the other, as the values that should stand there. Confined to one thread.
///
/// Each read either moves on or says at which line and column it expected what.
final class Fields {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final String file;
    private final Entry entry;
    private final Optional<DnsName> origin;
    private int next;

    /// Reads `entry` from its first word.
    ///
    /// @param origin what relative names end in, once that is known
    Fields(String file, Entry entry, Optional<DnsName> origin) {
        this.file = file;
        this.entry = entry;
        this.origin = origin;
    }

    /// The same from here on, now that relative names are known to end in `name`.
    Fields withOrigin(DnsName name) {
        var fields = new Fields(file, entry, Optional.of(name));
        fields.next = next;
        return fields;
    }

    boolean hasMore() {
        return next < entry.tokens().size();
    }

    /// The next word, which stays.
    Token peek(String expected) throws ZoneFileException {
        if (!hasMore()) {
            throw expected(expected);
        }
        return entry.tokens().get(next);
    }

    Token take(String expected) throws ZoneFileException {
        var token = peek(expected);
        next++;
        return token;
    }

    /// All that is left.
    List<Token> rest() {
        var rest = entry.tokens().subList(next, entry.tokens().size());
        next = entry.tokens().size();
        return rest;
    }

    void end(String what) throws ZoneFileException {
        if (hasMore()) {
            throw expected("the end of the line after " + what);
        }
    }

    DnsName name(String what) throws ZoneFileException {
        var token = take(what);
        if (token.quoted()) {
            throw error(token, "expected " + what + ", found the string " + token);
        }
        if (token.text().equals("@")) {
            return origin.orElseThrow(
                    () -> error(token, "expected $ORIGIN, or an absolute name, before the first '@'"));
        }
        try {
            var name = DnsName.of(token.text());
            if (isAbsolute(token.text())) {
                return name;
            }
            return name.under(origin.orElseThrow(() -> error(
                    token, "expected $ORIGIN before the relative name " + token + ", or '" + token + ".' with a dot")));
        } catch (IllegalArgumentException e) {
            throw error(token, "expected " + what + ": " + e.getMessage());
        }
    }

    // A dot at the end that no backslash takes away.
    private static boolean isAbsolute(String text) {
        int slashes = 0;
        while (slashes < text.length() - 1 && text.charAt(text.length() - 2 - slashes) == '\\') {
            slashes++;
        }
        return text.endsWith(".") && slashes % 2 == 0;
    }

    int u16(String what) throws ZoneFileException {
        return (int) number(what, 0xffff);
    }

    long u32(String what) throws ZoneFileException {
        return number(what, 0xffff_ffffL);
    }

    private long number(String what, long most) throws ZoneFileException {
        var token = take(what);
        if (token.text().matches("\\d{1,10}")) {
            long number = Long.parseLong(token.text());
            if (number <= most) {
                return number;
            }
        }
        throw error(token, "expected " + what + ", a number from 0 to " + most + ", found " + token);
    }

    /// Seconds, or `1h30m`.
    long seconds(String what) throws ZoneFileException {
        var token = take(what);
        return Ttl.parse(token)
                .orElseThrow(() ->
                        error(token, "expected " + what + ", seconds up to 2147483647 or like 1h30m, found " + token));
    }

    Inet4Address ipv4() throws ZoneFileException {
        var token = take("an IPv4 address");
        if (IPV4.matcher(token.text()).matches()) {
            try {
                return Inet4Address.ofLiteral(token.text());
            } catch (IllegalArgumentException e) {
                throw error(token, "expected an IPv4 address with numbers up to 255, found " + token);
            }
        }
        throw error(token, "expected an IPv4 address like 127.0.0.10, found " + token);
    }

    Inet6Address ipv6() throws ZoneFileException {
        var token = take("an IPv6 address");
        if (token.text().matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            try {
                return ipv6(Inet6Address.ofLiteral(token.text()).getAddress());
            } catch (IllegalArgumentException | UnknownHostException e) {
                throw error(token, "expected an IPv6 address, found " + token);
            }
        }
        throw error(token, "expected an IPv6 address like 2001:db8::1, found " + token);
    }

    // InetAddress makes an IPv4 address of ::ffff:1.2.3.4; the record holds all sixteen octets.
    private static Inet6Address ipv6(byte[] address) throws UnknownHostException {
        if (address.length == 16) {
            return Inet6Address.getByAddress("", address, -1);
        }
        var mapped = Bytes.hex("00000000000000000000ffff").plus(Bytes.copyOf(address));
        return Inet6Address.getByAddress("", mapped.toArray(), -1);
    }

    /// One string or more, to the end of the entry.
    List<Bytes> strings(String what) throws ZoneFileException {
        var strings = new ArrayList<Bytes>();
        do {
            strings.add(string(what));
        } while (hasMore());
        return strings;
    }

    private Bytes string(String what) throws ZoneFileException {
        var token = take(what);
        Bytes octets;
        try {
            octets = DnsText.octets(token.text());
        } catch (IllegalArgumentException e) {
            throw error(token, "expected " + what + ": " + e.getMessage());
        }
        if (octets.size() > 255) {
            throw error(token, "expected at most 255 octets in a string, found " + octets.size());
        }
        return octets;
    }

    /// The next word is not what was expected, or there is none.
    ZoneFileException expected(String what) {
        if (!hasMore()) {
            return new ZoneFileException(file, entry.end(), "expected " + what + ", found the end of the line");
        }
        var found = entry.tokens().get(next);
        return error(found, "expected " + what + ", found " + found);
    }

    ZoneFileException error(Token token, String message) {
        return new ZoneFileException(file, token.at(), message);
    }
}

package wirelab.dhcpserver.config;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Prefix;
import wirelab.dhcp.Route;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// Reads what clients are told: `router=10.20.30.1`, `66=tftp.lab`. A key may stand several times where the option
/// is a list. Confined to one thread.
final class ParameterReader {
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(s|m|h|d)?");
    private static final int MTU = 26;
    private static final int NTP = 42;

    /// What the server says by itself, or reads and never says.
    private static final Set<Integer> NOT_TO_BE_SET = Set.of(0, 1, 50, 51, 52, 53, 54, 55, 57, 58, 59, 61, 80, 82, 255);

    private final List<Inet4Address> routers = new ArrayList<>();
    private final List<Inet4Address> nameServers = new ArrayList<>();
    private final List<String> search = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<DhcpOption> single = new ArrayList<>();
    private final Map<Integer, Bytes> byCode = new LinkedHashMap<>();
    private Optional<Duration> leaseTime = Optional.empty();
    private Optional<Inet4Address> nextServer = Optional.empty();
    private String bootFile = "";

    /// Takes a setting.
    ///
    /// @return false if its key is none of a parameter
    boolean read(Setting setting) {
        try {
            return understood(setting);
        } catch (IllegalArgumentException e) {
            throw setting.wrong(String.valueOf(e.getMessage()));
        }
    }

    private boolean understood(Setting setting) {
        var value = setting.value();
        switch (setting.key()) {
            case "router" -> routers.add(address(value));
            case "dns" -> nameServers.add(address(value));
            case "domain" -> single.add(new DhcpOption.DomainName(domain(value)));
            case "name" -> single.add(new DhcpOption.HostName(domain(value)));
            case "search" -> search.add(domain(value));
            case "route" -> routes.add(route(value));
            case "ntp" -> append(NTP, Bytes.copyOf(address(value).getAddress()));
            case "mtu" -> append(MTU, new WireWriter(2).u16(mtu(value)).toBytes());
            case "lease-time" -> leaseTime = Optional.of(time(value));
            case "t1" -> single.add(new DhcpOption.RenewalTime(time(value)));
            case "t2" -> single.add(new DhcpOption.RebindingTime(time(value)));
            case "next-server" -> nextServer = Optional.of(address(value));
            case "boot-file" -> bootFile = bootFile(value);
            default -> {
                if (!setting.key().matches("\\d{1,3}")) {
                    return false;
                }
                append(code(setting.key()), octets(value));
            }
        }
        return true;
    }

    Parameters parameters() {
        var options = new ArrayList<>(single);
        if (!routers.isEmpty()) {
            options.add(new DhcpOption.Routers(routers));
        }
        if (!nameServers.isEmpty()) {
            options.add(new DhcpOption.DnsServers(nameServers));
        }
        if (!search.isEmpty()) {
            options.add(new DhcpOption.DomainSearch(search));
        }
        if (!routes.isEmpty()) {
            options.add(new DhcpOption.ClasslessRoutes(routes));
        }
        byCode.forEach((code, data) -> options.add(option(code, data)));
        for (int i = 0; i < options.size(); i++) {
            int code = options.get(i).code();
            if (options.stream().filter(other -> other.code() == code).count() > 1) {
                throw new Setting(Integer.toString(code), "").wrong("this option is given twice");
            }
        }
        return new Parameters(options, leaseTime, nextServer, bootFile);
    }

    private static DhcpOption option(int code, Bytes data) {
        try {
            return DhcpOption.of(code, data);
        } catch (MalformedException e) {
            throw new Setting(Integer.toString(code), data.toHex()).wrong("option " + code + ": " + e.why());
        }
    }

    private void append(int code, Bytes data) {
        byCode.merge(code, data, Bytes::plus);
    }

    private static int code(String text) {
        int code = Integer.parseInt(text);
        if (code > 255 || NOT_TO_BE_SET.contains(code)) {
            throw new IllegalArgumentException("option " + text + " is none that can be set");
        }
        return code;
    }

    /// Hexadecimal after `0x`, an address, or text.
    private static Bytes octets(String value) {
        if (value.matches("0x([0-9A-Fa-f]{2})+")) {
            return Bytes.hex(value.substring(2));
        }
        return ADDRESS.matcher(value).matches()
                ? Bytes.copyOf(address(value).getAddress())
                : new WireWriter(value.length()).latin1(value).toBytes();
    }

    static Inet4Address address(String value) {
        if (!ADDRESS.matcher(value).matches()) {
            throw new IllegalArgumentException("it wants an address like 10.20.30.40");
        }
        return Inet4Address.ofLiteral(value);
    }

    /// `10.0.0.0/8:10.20.30.1`
    private static Route route(String value) {
        int colon = value.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("it wants NETWORK:ROUTER like 10.0.0.0/8:10.20.30.1");
        }
        return new Route(Prefix.parse(value.substring(0, colon)), address(value.substring(colon + 1)));
    }

    private static int mtu(String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) < 68 || Integer.parseInt(value) > 65535) {
            throw new IllegalArgumentException("it wants 68 to 65535 octets");
        }
        return Integer.parseInt(value);
    }

    static Duration time(String value) {
        var match = TIME.matcher(value);
        if (!match.matches()) {
            throw new IllegalArgumentException("it wants a time like 30s, 5m, 1h or 1d");
        }
        long count = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            case null, default -> Duration.ofSeconds(count);
        };
    }

    private static String domain(String value) {
        if (!value.matches("[A-Za-z0-9_.-]{1,253}")) {
            throw new IllegalArgumentException("it wants a domain name: letters, digits, '-' and '.'");
        }
        return value;
    }

    private static String bootFile(String value) {
        if (value.length() > 127) {
            throw new IllegalArgumentException("it has room for 127 octets");
        }
        return value;
    }
}

package wirelab.dhcpserver.config;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.engine.network.AddressPool;
import wirelab.dhcpserver.engine.network.Host;
import wirelab.dhcpserver.engine.network.Network;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.dhcpserver.engine.network.Policy;
import wirelab.dhcpserver.engine.network.Subnet;

/// The options about who is served, and what they are told: those that a reload reads again. Confined to one thread.
public final class NetworkOptions {
    private static final Inet4Address MASK = Ipv4.of(0xffffff00);
    private static final Inet4Address ROUTER = Ipv4.of(0x0a141e01);
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(5);
    private static final AddressPool POOL = new AddressPool(Ipv4.of(0x0a141e33), Ipv4.of(0x0a141e63));

    /// Where the server listens.
    ///
    /// @param device the interface's name
    /// @param address the server's own there, if it is not `--address`
    public record Interface(String device, Optional<Inet4Address> address) {}

    @Option(
            names = "--interface",
            paramLabel = "NAME[=ADDRESS]",
            split = ",",
            defaultValue = "lo",
            converter = ListenerConverter.class,
            description = "A network interface to listen on, and the server's own address there, if that is not"
                    + " --address; several with commas between (default: ${DEFAULT-VALUE}).")
    List<Interface> interfaces = List.of();

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "10.20.30.40",
            description = "The server's own address: its identifier, and where replies come from"
                    + " (default: ${DEFAULT-VALUE}).")
    Inet4Address address;

    @Option(
            names = "--pool",
            paramLabel = "FIRST-LAST",
            split = ",",
            converter = PoolConverter.class,
            description = "The addresses to lend; several with commas between (default: 10.20.30.51-10.20.30.99).")
    List<AddressPool> pools = List.of();

    @Option(
            names = "--netmask",
            paramLabel = "MASK",
            description = "The network's mask, option 1 (default: 255.255.255.0).")
    Optional<Inet4Address> netmask = Optional.empty();

    @Option(
            names = "--router",
            paramLabel = "ADDRESS",
            split = ",",
            description = "The way out, option 3; several with commas between (default: 10.20.30.1).")
    List<Inet4Address> routers = List.of();

    @Option(
            names = "--subnet",
            paramLabel = "NETWORK,KEY=VALUE…",
            converter = SubnetConverter.class,
            description = "A network to serve, in the place of --pool, --netmask and --router; may be repeated, as in"
                    + " 10.20.30.0/24,pool=10.20.30.51-10.20.30.99,router=10.20.30.1.")
    List<Subnet> subnets = List.of();

    @Option(
            names = "--host",
            paramLabel = "CLIENT[=ADDRESS],KEY=VALUE…",
            converter = HostConverter.class,
            description = "A client with an address of its own, or that is told something else than others; may be"
                    + " repeated, as in 02:00:5e:10:00:01=10.20.30.60,name=printer, or id:01020304=10.20.30.61.")
    List<Host> hosts = List.of();

    @Option(
            names = "--dns",
            paramLabel = "ADDRESS",
            split = ",",
            defaultValue = "127.0.0.1",
            description = "The DNS server, option 6; several with commas between (default: ${DEFAULT-VALUE}).")
    List<Inet4Address> nameServers = List.of();

    @Option(
            names = "--domain",
            paramLabel = "NAME",
            description = "The domain, option 15, for clients that ask for it (default: none).")
    Optional<String> domain = Optional.empty();

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            converter = SettingConverter.class,
            description = "Something else that all are told who ask for it; may be repeated, as in ntp=10.20.30.7,"
                    + " search=lab.example, route=10.0.0.0/8:10.20.30.1, 66=tftp.lab or 43=0x0104c0a80001.")
    List<Setting> settings = List.of();

    @Option(
            names = "--lease-time",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "How long an address is lent (default: ${DEFAULT-VALUE}).")
    Duration leaseTime;

    @Option(
            names = "--authoritative",
            description = "No other server is in these networks: refuse at once what this one does not know.")
    boolean authoritative;

    @Option(
            names = "--rapid-commit",
            description = "Lease by two messages instead of four to clients that ask for it (RFC 4039).")
    boolean rapidCommit;

    @Option(
            names = "--probe",
            paramLabel = "TIME",
            defaultValue = "500ms",
            description = "How long to wait for somebody to answer at an address before it is offered; 0 to offer"
                    + " it unasked (default: ${DEFAULT-VALUE}).")
    Duration probe;

    @Option(
            names = "--max-per-port",
            paramLabel = "COUNT",
            defaultValue = "0",
            description = "How many addresses may be out through one port of a relay (option 82); 0 for any number"
                    + " (default: ${DEFAULT-VALUE}).")
    int perPort;

    @Option(
            names = "--max-per-card",
            paramLabel = "COUNT",
            defaultValue = "16",
            description = "How many addresses one hardware address may have, under whatever names; 0 for any number"
                    + " (default: ${DEFAULT-VALUE}).")
    int perCard;

    /// The interfaces, each with its address.
    List<DhcpConfig.Listener> listeners() throws ExitException {
        var unnamed = interfaces.stream().filter(one -> one.address().isEmpty()).toList();
        if (interfaces.size() > 1 && unnamed.size() > 1) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    "--interface "
                            + unnamed.stream().map(Interface::device).collect(Collectors.joining(","))
                            + ": of several interfaces only one can have --address: say the others' addresses, as in"
                            + " eth1=192.168.7.1");
        }
        return interfaces.stream()
                .map(one -> new DhcpConfig.Listener(one.device(), one.address().orElse(address)))
                .toList();
    }

    /// All that these options say, checked.
    ///
    /// @throws ExitException that names the option, its value and the mend
    Network network() throws ExitException {
        var servers = listeners().stream().map(DhcpConfig.Listener::address).collect(Collectors.toSet());
        // The offer of an address waits for its probe, and is not held for longer than ten seconds.
        NetworkCheck.require(
                probe.compareTo(LONGEST_PROBE) <= 0,
                "--probe " + probe.toMillis() + "ms is longer than a client waits: 5s at most");
        var policy = new Policy(authoritative, rapidCommit, probe.isPositive(), limit(perPort), limit(perCard));
        var network = new Network(servers, subnets(), hosts, common(), policy);
        new NetworkCheck(network, subnets.isEmpty()).check();
        return network;
    }

    private static int limit(int count) {
        return count <= 0 ? Policy.NO_LIMIT : count;
    }

    private List<Subnet> subnets() throws ExitException {
        if (subnets.isEmpty()) {
            return List.of(plainSubnet());
        }
        if (!pools.isEmpty() || netmask.isPresent() || !routers.isEmpty()) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    "--pool, --netmask and --router are for a single network: put them into --subnet, as in"
                            + " 10.20.30.0/24,pool=10.20.30.51-10.20.30.99,router=10.20.30.1");
        }
        return subnets;
    }

    private Subnet plainSubnet() throws ExitException {
        var mask = netmask.orElse(MASK);
        int hostBits = ~Ipv4.number(mask);
        if ((hostBits & (hostBits + 1)) != 0 || hostBits == -1) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    "--netmask " + mask.getHostAddress()
                            + " is not a mask: its one bits come first, as in 255.255.255.0");
        }
        var ways = routers.isEmpty() ? List.of(ROUTER) : routers;
        return new Subnet(
                Prefix.of(address, 32 - Integer.bitCount(hostBits)),
                pools.isEmpty() ? List.of(POOL) : pools,
                Parameters.of(List.of(new DhcpOption.Routers(ways))));
    }

    private Parameters common() throws ExitException {
        var usual = new ArrayList<DhcpOption>();
        usual.add(new DhcpOption.DnsServers(nameServers));
        domain.ifPresent(name -> usual.add(new DhcpOption.DomainName(name)));
        return further().over(Parameters.of(usual)).withLeaseTime(leaseTime);
    }

    private Parameters further() throws ExitException {
        var reader = new ParameterReader();
        try {
            for (var setting : settings) {
                if (setting.key().equals("name") || !reader.read(setting)) {
                    throw setting.wrong(
                            "there are router, dns, domain, search, route, ntp, mtu, t1, t2, next-server, boot-file,"
                                    + " or an option's number");
                }
            }
            return reader.parameters();
        } catch (TypeConversionException e) {
            throw new ExitException(ExitCode.USAGE, "--option " + e.getMessage(), e);
        }
    }
}

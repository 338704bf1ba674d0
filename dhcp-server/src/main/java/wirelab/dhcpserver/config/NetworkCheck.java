package wirelab.dhcpserver.config;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcpserver.engine.network.AddressPool;
import wirelab.dhcpserver.engine.network.Host;
import wirelab.dhcpserver.engine.network.Network;
import wirelab.dhcpserver.engine.network.Parameters;
import wirelab.dhcpserver.engine.network.Subnet;

/// Whether the parts of a network fit each other. Immutable.
///
/// @param plain whether it was said by `--pool` and its like, and not by `--subnet`
record NetworkCheck(Network network, boolean plain) {
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(10);
    private static final Duration LONGEST_LEASE = Duration.ofDays(10_000);

    /// @throws ExitException that names the option, its value and the mend
    void check() throws ExitException {
        checkLeaseTime("--lease-time", network.common());
        for (var subnet : network.subnets()) {
            checkLeaseTime("--subnet " + subnet.prefix() + " lease-time", subnet.parameters());
            checkPools(subnet);
        }
        checkSubnetsApart();
        checkServed();
        checkHosts();
        checkDomain();
    }

    private void checkServed() throws ExitException {
        for (var server : network.servers()) {
            // A server may serve relays alone, and then be in none of its networks.
            require(
                    !plain || network.subnetOf(server).isPresent(),
                    "--interface: " + text(server) + " is not in the network of --address: say --subnet for each"
                            + " network");
        }
    }

    private void checkSubnetsApart() throws ExitException {
        var subnets = network.subnets();
        for (int i = 0; i < subnets.size(); i++) {
            for (int j = 0; j < i; j++) {
                require(
                        !subnets.get(i).prefix().overlaps(subnets.get(j).prefix()),
                        "--subnet " + subnets.get(i).prefix() + " overlaps "
                                + subnets.get(j).prefix() + ": make them one, with several pools");
            }
        }
    }

    private void checkPools(Subnet subnet) throws ExitException {
        long size = 0;
        for (int i = 0; i < subnet.pools().size(); i++) {
            var pool = subnet.pools().get(i);
            checkPool(subnet, pool);
            size += pool.size();
            for (var other : subnet.pools().subList(0, i)) {
                require(
                        !pool.contains(other.first()) && !other.contains(pool.first()),
                        "--pool " + pool + " overlaps " + other + ": make them one");
            }
        }
        require(
                size <= AddressPool.MAX_SIZE,
                "--subnet " + subnet.prefix() + " has " + size + " addresses in its pools; at most "
                        + AddressPool.MAX_SIZE + " can be served");
    }

    private void checkPool(Subnet subnet, AddressPool pool) throws ExitException {
        var prefix = subnet.prefix();
        var where = plain ? "--address and --netmask " + text(prefix.mask()) : "--subnet " + prefix;
        require(
                prefix.contains(pool.first()) && prefix.contains(pool.last()),
                "--pool " + pool + " is not in the network of " + where + ", which goes from " + text(prefix.base())
                        + " to " + text(prefix.broadcast()) + ": change one of them");
        for (var server : network.servers()) {
            refuse(pool, server, "the server's own --address");
        }
        for (var router : routers(subnet)) {
            refuse(pool, router, "--router");
        }
        // A network of one or two addresses has no such two (RFC 3021).
        if (prefix.length() < 31) {
            refuse(pool, prefix.base(), "the network's own address");
            refuse(pool, prefix.broadcast(), "the network's broadcast address");
        }
    }

    private static List<Inet4Address> routers(Subnet subnet) {
        return subnet.parameters().option(3).stream()
                .flatMap(option -> option instanceof DhcpOption.Routers(var addresses)
                        ? addresses.stream()
                        : Stream.<Inet4Address>empty())
                .toList();
    }

    private static void refuse(AddressPool pool, Inet4Address address, String what) throws ExitException {
        require(
                !pool.contains(address),
                "--pool " + pool + " contains " + text(address) + ", " + what + ": begin after it, or end before it");
    }

    private void checkHosts() throws ExitException {
        var seen = new HashSet<Inet4Address>();
        for (var host : network.hosts()) {
            checkLeaseTime("--host " + host.client() + " lease-time", host.parameters());
            if (host.address().isPresent()) {
                checkHostAddress(host, host.address().get());
                require(
                        seen.add(host.address().get()),
                        "--host " + host.client() + ": " + text(host.address().get())
                                + " is set aside for another host already: give it one of its own");
            }
        }
        for (var host : network.hosts()) {
            require(
                    network.hosts().stream()
                                    .filter(other -> isSame(host, other))
                                    .count()
                            == 1,
                    "--host " + host.client() + " is given twice for one network: make it one");
        }
    }

    private boolean isSame(Host host, Host other) {
        return host.client().equals(other.client()) && subnetOf(host).equals(subnetOf(other));
    }

    private Optional<Subnet> subnetOf(Host host) {
        return host.address().flatMap(network::subnetOf);
    }

    private void checkHostAddress(Host host, Inet4Address address) throws ExitException {
        var name = "--host " + host.client() + "=" + text(address);
        var subnet = network.subnetOf(address);
        require(subnet.isPresent(), name + " is in none of the networks that are served: change it, or add a --subnet");
        require(!network.servers().contains(address), name + " is the server's own address: choose another");
        var prefix = subnet.orElseThrow().prefix();
        require(
                prefix.length() >= 31 || (!address.equals(prefix.base()) && !address.equals(prefix.broadcast())),
                name + " is the network's own or its broadcast address: choose another");
    }

    private void checkDomain() throws ExitException {
        var domain = network.common()
                .option(15)
                .map(option -> option instanceof DhcpOption.DomainName(var name) ? name : "")
                .orElse("lab");
        require(
                domain.matches("[A-Za-z0-9_.-]{1,253}"),
                "--domain " + domain + " is not a domain name: letters, digits, '-' and '.'");
    }

    private static void checkLeaseTime(String option, Parameters parameters) throws ExitException {
        var time = parameters.leaseTime().orElse(Network.LEASE_TIME);
        require(
                time.toNanosPart() == 0 && time.compareTo(SHORTEST_LEASE) >= 0 && time.compareTo(LONGEST_LEASE) <= 0,
                option + " " + time.toMillis() + "ms is not a time in whole seconds from 10s to 10000d");
        var t1 = parameters.option(58).flatMap(NetworkCheck::time);
        var t2 = parameters.option(59).flatMap(NetworkCheck::time);
        require(
                t1.isPresent() == t2.isPresent()
                        && t1.flatMap(one -> t2.map(two -> one.compareTo(two) < 0))
                                .orElse(true),
                option.replace("lease-time", "t1") + " is not before t2: say both, T1 first");
    }

    private static Optional<Duration> time(DhcpOption option) {
        return switch (option) {
            case DhcpOption.RenewalTime(var t1) -> Optional.of(t1);
            case DhcpOption.RebindingTime(var t2) -> Optional.of(t2);
            default -> Optional.empty();
        };
    }

    static void require(boolean holds, String message) throws ExitException {
        if (!holds) {
            throw new ExitException(ExitCode.CONFIG, message);
        }
    }

    private static String text(Inet4Address address) {
        return address.getHostAddress();
    }
}

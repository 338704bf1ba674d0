package wirelab.dhcp;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import wirelab.wire.Bytes;

/// Makes any message that the records allow. Confined to one thread.
final class RandomMessages {
    private final RandomGenerator random;

    RandomMessages(RandomGenerator random) {
        this.random = random;
    }

    DhcpMessage message() {
        return new DhcpMessage(
                random.nextBoolean() ? DhcpMessage.Op.BOOTREQUEST : DhcpMessage.Op.BOOTREPLY,
                random.nextInt(256),
                random.nextInt(),
                random.nextInt(0x10000),
                random.nextInt(0x10000),
                address(),
                address(),
                address(),
                address(),
                new HardwareAddress(random.nextInt(256), bytes(0, 16)),
                text(64),
                text(128),
                options());
    }

    private List<DhcpOption> options() {
        var byCode = new TreeMap<Integer, DhcpOption>();
        for (int i = random.nextInt(12); i > 0; i--) {
            var option = option();
            byCode.put(option.code(), option);
        }
        var options = new ArrayList<>(byCode.values());
        for (int i = options.size() - 1; i > 0; i--) {
            options.set(i, options.set(random.nextInt(i + 1), options.get(i)));
        }
        return options;
    }

    private DhcpOption option() {
        List<Supplier<DhcpOption>> kinds = List.of(
                () -> new DhcpOption.SubnetMask(address()),
                () -> new DhcpOption.Routers(addresses()),
                () -> new DhcpOption.DnsServers(addresses()),
                () -> new DhcpOption.HostName(text(300)),
                () -> new DhcpOption.DomainName(text(300)),
                () -> new DhcpOption.BroadcastAddress(address()),
                () -> new DhcpOption.RequestedAddress(address()),
                () -> new DhcpOption.LeaseTime(seconds()),
                () -> new DhcpOption.MessageType(
                        DhcpMessageType.of(random.nextInt(1, 14)).orElseThrow()),
                () -> new DhcpOption.ServerIdentifier(address()),
                () -> new DhcpOption.ParameterRequestList(
                        random.ints(random.nextInt(300), 0, 256).boxed().toList()),
                () -> new DhcpOption.Message(text(300)),
                () -> new DhcpOption.MaxMessageSize(random.nextInt(0x10000)),
                () -> new DhcpOption.RenewalTime(seconds()),
                () -> new DhcpOption.RebindingTime(seconds()),
                () -> new DhcpOption.VendorClass(text(300)),
                () -> new DhcpOption.ClientIdentifier(bytes(1, 300)),
                () -> new DhcpOption.RelayAgentInformation(bytes(0, 300)),
                DhcpOption.RapidCommit::new,
                () -> new DhcpOption.DomainSearch(names()),
                () -> new DhcpOption.ClasslessRoutes(routes()),
                () -> new DhcpOption.Unknown(random.nextInt(128, 255), bytes(0, 1000)));
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    private Inet4Address address() {
        return Ipv4.of(random.nextInt());
    }

    private List<Inet4Address> addresses() {
        return Stream.generate(this::address).limit(random.nextInt(1, 100)).toList();
    }

    private List<String> names() {
        return Stream.generate(() -> "host-" + random.nextInt(9) + (random.nextBoolean() ? ".example" : ".lab.example"))
                .limit(random.nextInt(1, 20))
                .toList();
    }

    private List<Route> routes() {
        return Stream.generate(() -> new Route(Prefix.of(address(), random.nextInt(33)), address()))
                .limit(random.nextInt(1, 20))
                .toList();
    }

    private Duration seconds() {
        return Duration.ofSeconds(random.nextLong(1L << 32));
    }

    private String text(int most) {
        return bytes(0, most).toLatin1();
    }

    private Bytes bytes(int least, int most) {
        var octets = new byte[random.nextInt(least, most + 1)];
        random.nextBytes(octets);
        return Bytes.copyOf(octets);
    }
}

package wirelab.dhcp;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// One option of a DHCP message: a code, and what its data say. Each kind is immutable.
///
/// ```
///  0                   1
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
/// +-------+-------+-------+-------+
/// |     code      |    length     |   then `length` octets of data
/// +-------+-------+-------+-------+
/// ```
///
/// Codes 0 (pad), 52 (overload) and 255 (end) say how options are laid out, not what they say: [DhcpCodec]
/// reads and writes them, and no record stands for them.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2132 RFC 2132
public sealed interface DhcpOption {
    int code();

    /// The option that `data` are, without code and length.
    ///
    /// @throws MalformedException if they are none of that code
    static DhcpOption of(int code, Bytes data) throws MalformedException {
        return OptionCodec.decode(code, data);
    }

    /// 1: which bits of the address name the network.
    record SubnetMask(Inet4Address mask) implements DhcpOption {
        @Override
        public int code() {
            return 1;
        }
    }

    /// 3: the ways out of the network, best first.
    record Routers(List<Inet4Address> addresses) implements DhcpOption {
        public Routers {
            addresses = OptionChecks.someOf(addresses);
        }

        @Override
        public int code() {
            return 3;
        }
    }

    /// 6: where names are looked up, best first.
    record DnsServers(List<Inet4Address> addresses) implements DhcpOption {
        public DnsServers {
            addresses = OptionChecks.someOf(addresses);
        }

        @Override
        public int code() {
            return 6;
        }
    }

    /// 12: what the client calls itself.
    record HostName(String name) implements DhcpOption {
        public HostName {
            name = OptionChecks.text(name);
        }

        @Override
        public int code() {
            return 12;
        }
    }

    /// 15: the domain in which the client looks names up.
    record DomainName(String name) implements DhcpOption {
        public DomainName {
            name = OptionChecks.text(name);
        }

        @Override
        public int code() {
            return 15;
        }
    }

    /// 28: the address that reaches all of the network.
    record BroadcastAddress(Inet4Address address) implements DhcpOption {
        @Override
        public int code() {
            return 28;
        }
    }

    /// 50: the address that the client would like, or was offered.
    record RequestedAddress(Inet4Address address) implements DhcpOption {
        @Override
        public int code() {
            return 50;
        }
    }

    /// 51: how long the address is lent. All 32 bits set means for ever.
    record LeaseTime(Duration time) implements DhcpOption {
        public static final Duration FOR_EVER = Duration.ofSeconds(0xffff_ffffL);

        public LeaseTime {
            OptionChecks.seconds(time);
        }

        @Override
        public int code() {
            return 51;
        }
    }

    /// 53: what makes a BOOTP message a DHCP message.
    record MessageType(DhcpMessageType type) implements DhcpOption {
        @Override
        public int code() {
            return 53;
        }
    }

    /// 54: the server that speaks, or that is spoken to.
    record ServerIdentifier(Inet4Address address) implements DhcpOption {
        @Override
        public int code() {
            return 54;
        }
    }

    /// 55: the codes of the options that the client asks for, in the order it would like.
    record ParameterRequestList(List<Integer> codes) implements DhcpOption {
        public ParameterRequestList {
            codes = List.copyOf(codes);
            codes.forEach(OptionChecks::octet);
        }

        @Override
        public int code() {
            return 55;
        }
    }

    /// 56: why, in words, a server refuses or a client declines.
    record Message(String text) implements DhcpOption {
        public Message {
            text = OptionChecks.text(text);
        }

        @Override
        public int code() {
            return 56;
        }
    }

    /// 57: the longest message, IP and UDP headers included, that the client takes.
    record MaxMessageSize(int octets) implements DhcpOption {
        public MaxMessageSize {
            if (octets < 0 || octets > 0xffff) {
                throw new IllegalArgumentException("a message size of " + octets);
            }
        }

        @Override
        public int code() {
            return 57;
        }
    }

    /// 58: T1, after which the client asks its server for more time.
    record RenewalTime(Duration time) implements DhcpOption {
        public RenewalTime {
            OptionChecks.seconds(time);
        }

        @Override
        public int code() {
            return 58;
        }
    }

    /// 59: T2, after which it asks any server.
    record RebindingTime(Duration time) implements DhcpOption {
        public RebindingTime {
            OptionChecks.seconds(time);
        }

        @Override
        public int code() {
            return 59;
        }
    }

    /// 60: what kind of client it is, in its vendor's words.
    record VendorClass(String text) implements DhcpOption {
        public VendorClass {
            text = OptionChecks.text(text);
        }

        @Override
        public int code() {
            return 60;
        }
    }

    /// 61: who the client is; where it is present, `chaddr` does not count for that.
    record ClientIdentifier(Bytes id) implements DhcpOption {
        public ClientIdentifier {
            OptionChecks.notEmpty(id);
        }

        @Override
        public int code() {
            return 61;
        }
    }

    /// 80: two messages instead of four, where client and server both want that (RFC 4039).
    record RapidCommit() implements DhcpOption {
        @Override
        public int code() {
            return 80;
        }
    }

    /// 82: what a relay says about the way the request came; a server sends it back as it is (RFC 3046).
    record RelayAgentInformation(Bytes data) implements DhcpOption {
        @Override
        public int code() {
            return 82;
        }

        /// The data of one of its sub-options, which have the form of options; empty if it is not there, or if what
        /// is there cannot be read.
        public Optional<Bytes> subOption(int code) {
            int at = 0;
            while (at + 2 <= data.size() && at + 2 + data.at(at + 1) <= data.size()) {
                int end = at + 2 + data.at(at + 1);
                if (data.at(at) == code) {
                    return Optional.of(data.slice(at + 2, end));
                }
                at = end;
            }
            return Optional.empty();
        }
    }

    /// 119: the domains in which the client looks names up, one after the other (RFC 3397).
    record DomainSearch(List<String> names) implements DhcpOption {
        public DomainSearch {
            names = List.copyOf(names);
            DomainNames.check(names);
        }

        @Override
        public int code() {
            return 119;
        }
    }

    /// 121: ways to networks; a client that takes it does not look at option 3 (RFC 3442).
    record ClasslessRoutes(List<Route> routes) implements DhcpOption {
        public ClasslessRoutes {
            routes = List.copyOf(routes);
            if (routes.isEmpty()) {
                throw new IllegalArgumentException("no route");
            }
        }

        @Override
        public int code() {
            return 121;
        }
    }

    /// Any other option, as it stands.
    record Unknown(int code, Bytes data) implements DhcpOption {
        public Unknown {
            OptionChecks.unknown(code);
        }
    }
}

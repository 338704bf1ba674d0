package wirelab.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;
import wirelab.wire.Bytes;

/// What a record says, by type. Immutable, each of them.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-3.3 RFC 1035
public sealed interface Rdata {
    RecordType type();

    /// An IPv4 address: four octets.
    record A(Inet4Address address) implements Rdata {
        static final int TYPE = 1;

        @Override
        public RecordType type() {
            return RecordType.A;
        }
    }

    /// A name server of the zone.
    record Ns(DnsName server) implements Rdata {
        static final int TYPE = 2;

        @Override
        public RecordType type() {
            return RecordType.NS;
        }
    }

    /// The name that this one is another word for.
    record Cname(DnsName target) implements Rdata {
        static final int TYPE = 5;

        @Override
        public RecordType type() {
            return RecordType.CNAME;
        }
    }

    /// The start of a zone's authority.
    ///
    /// @param server the primary name server
    /// @param mailbox who looks after the zone; the first label is what stands before the `@`
    /// @param serial the zone's version
    /// @param refresh seconds between a secondary's looks at the serial
    /// @param retry seconds until it tries again after a failed one
    /// @param expire seconds after which it gives up serving
    /// @param minimum seconds that an answer "there is none" may be kept (RFC 2308 section 4)
    record Soa(DnsName server, DnsName mailbox, long serial, long refresh, long retry, long expire, long minimum)
            implements Rdata {
        static final int TYPE = 6;

        @Override
        public RecordType type() {
            return RecordType.SOA;
        }
    }

    /// A name elsewhere in the tree, as the one of an address.
    record Ptr(DnsName target) implements Rdata {
        static final int TYPE = 12;

        @Override
        public RecordType type() {
            return RecordType.PTR;
        }
    }

    /// A host that takes mail for the name.
    ///
    /// @param preference 0 to 65535, the lower first
    record Mx(int preference, DnsName exchange) implements Rdata {
        static final int TYPE = 15;

        public Mx {
            Numbers.require("preference", preference, 0xffff);
        }

        @Override
        public RecordType type() {
            return RecordType.MX;
        }
    }

    /// Text: one string or more, each of up to 255 octets with its length before it.
    record Txt(List<Bytes> strings) implements Rdata {
        static final int TYPE = 16;

        public Txt {
            strings = List.copyOf(strings);
            if (strings.isEmpty()) {
                throw new IllegalArgumentException("TXT wants a string, if only an empty one");
            }
            for (var string : strings) {
                Numbers.require("a string's length", string.size(), 255);
            }
        }

        @Override
        public RecordType type() {
            return RecordType.TXT;
        }
    }

    /// An IPv6 address: sixteen octets.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3596#section-2.2 RFC 3596
    record Aaaa(Inet6Address address) implements Rdata {
        static final int TYPE = 28;

        @Override
        public RecordType type() {
            return RecordType.AAAA;
        }
    }

    /// A host and port that offer a service.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc2782 RFC 2782
    record Srv(int priority, int weight, int port, DnsName target) implements Rdata {
        static final int TYPE = 33;

        public Srv {
            Numbers.require("priority", priority, 0xffff);
            Numbers.require("weight", weight, 0xffff);
            Numbers.require("port", port, 0xffff);
        }

        @Override
        public RecordType type() {
            return RecordType.SRV;
        }
    }

    /// The tree that everything below this name is another word for; itself not compressed in data.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc6672 RFC 6672
    record Dname(DnsName target) implements Rdata {
        static final int TYPE = 39;

        @Override
        public RecordType type() {
            return RecordType.DNAME;
        }
    }

    /// The options of EDNS; [Edns] has the whole of it.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc6891#section-6.1.2 RFC 6891
    record Opt(List<Edns.Option> options) implements Rdata {
        static final int TYPE = 41;

        public Opt {
            options = List.copyOf(options);
        }

        @Override
        public RecordType type() {
            return RecordType.OPT;
        }
    }

    /// Data of a type, or in a class, that has no form here: kept as it came.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3597 RFC 3597
    record Unknown(RecordType type, Bytes octets) implements Rdata {
        public Unknown {
            Numbers.require("data's length", octets.size(), 0xffff);
        }
    }
}

package wirelab.dns;

import java.util.List;
import java.util.Optional;
import wirelab.wire.Bytes;

/// The extension mechanism: what an OPT record in the additional section says about its message. Immutable.
///
/// ```
///  0 (root)   41 (OPT)   UDP size (as class)   ext. rcode | version | DO | Z (as TTL)   length   options
/// ```
///
/// @param udpSize the largest UDP payload that the sender takes
/// @param extendedRcode the upper eight bits of the rcode
/// @param version 0 so far
/// @param dnssecOk whether the sender wants DNSSEC records
/// @param reserved the fifteen flags that mean nothing yet
/// @spec https://www.rfc-editor.org/rfc/rfc6891#section-6 RFC 6891
public record Edns(
        int udpSize, int extendedRcode, int version, boolean dnssecOk, int reserved, List<Edns.Option> options) {
    /// One option, as a cookie or the client's subnet.
    public record Option(int code, Bytes data) {
        /// Which of several servers this is (RFC 5001).
        public static final int NSID = 3;

        /// What a client is known by that was here before (RFC 7873).
        public static final int COOKIE = 10;

        public Option {
            Numbers.require("option code", code, 0xffff);
            Numbers.require("an option's length", data.size(), 0xffff);
        }
    }

    private static final int DNSSEC_OK = 0x8000;

    public Edns {
        Numbers.require("UDP size", udpSize, 0xffff);
        Numbers.require("extended rcode", extendedRcode, 0xff);
        Numbers.require("version", version, 0xff);
        Numbers.require("reserved flags", reserved, 0x7fff);
        options = List.copyOf(options);
    }

    /// Version 0, and nothing but a size.
    public static Edns ofSize(int udpSize) {
        return new Edns(udpSize, 0, 0, false, 0, List.of());
    }

    /// What `opt` says, if it is an OPT record.
    public static Optional<Edns> of(ResourceRecord opt) {
        if (!(opt.data() instanceof Rdata.Opt(var options))) {
            return Optional.empty();
        }
        int rcode = (int) (opt.ttl() >>> 24);
        int version = (int) (opt.ttl() >>> 16) & 0xff;
        int flags = (int) opt.ttl() & 0xffff;
        return Optional.of(new Edns(
                opt.recordClass().number(), rcode, version, (flags & DNSSEC_OK) != 0, flags & 0x7fff, options));
    }

    public Edns withExtendedRcode(int upperBits) {
        return new Edns(udpSize, upperBits, version, dnssecOk, reserved, options);
    }

    /// The inverse of [#of].
    public ResourceRecord toRecord() {
        long ttl = (long) extendedRcode << 24 | (long) version << 16 | (dnssecOk ? DNSSEC_OK : 0) | reserved;
        return new ResourceRecord(DnsName.ROOT, new RecordClass(udpSize), ttl, new Rdata.Opt(options));
    }
}

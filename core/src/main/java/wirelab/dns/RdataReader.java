package wirelab.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireReader;

/// Reads a record's data by its type. Immutable: it holds nothing.
final class RdataReader {
    private RdataReader() {}

    /// Reads exactly `length` octets.
    static Rdata read(WireReader in, RecordType type, RecordClass recordClass, int length) throws MalformedException {
        if (length > in.remaining()) {
            throw in.malformed("expected " + length + " octets of " + type + " data, found " + in.remaining());
        }
        int end = in.position() + length;
        var data = hasForm(type, recordClass) ? formed(in, type, end) : new Rdata.Unknown(type, in.bytes(length));
        if (in.position() != end) {
            throw new MalformedException(
                    end, "the data's length says that " + type + " ends here, its content " + in.position());
        }
        return data;
    }

    // In an update, the classes NONE and ANY come with empty data of any type (RFC 2136 section 2.4); addresses have
    // their form in class IN alone.
    private static boolean hasForm(RecordType type, RecordClass recordClass) {
        return switch (type.number()) {
            case Rdata.Opt.TYPE -> true;
            case Rdata.A.TYPE, Rdata.Aaaa.TYPE, Rdata.Srv.TYPE -> recordClass.equals(RecordClass.IN);
            default -> !recordClass.equals(RecordClass.NONE) && !recordClass.equals(RecordClass.ANY);
        };
    }

    private static Rdata formed(WireReader in, RecordType type, int end) throws MalformedException {
        return switch (type.number()) {
            case Rdata.A.TYPE -> new Rdata.A(ipv4(in.bytes(4)));
            case Rdata.Ns.TYPE -> new Rdata.Ns(NameReader.read(in));
            case Rdata.Cname.TYPE -> new Rdata.Cname(NameReader.read(in));
            case Rdata.Soa.TYPE ->
                new Rdata.Soa(
                        NameReader.read(in), NameReader.read(in), in.u32(), in.u32(), in.u32(), in.u32(), in.u32());
            case Rdata.Ptr.TYPE -> new Rdata.Ptr(NameReader.read(in));
            case Rdata.Mx.TYPE -> new Rdata.Mx(in.u16(), NameReader.read(in));
            case Rdata.Txt.TYPE -> new Rdata.Txt(strings(in, end));
            case Rdata.Aaaa.TYPE -> new Rdata.Aaaa(ipv6(in.bytes(16)));
            case Rdata.Srv.TYPE -> new Rdata.Srv(in.u16(), in.u16(), in.u16(), NameReader.read(in));
            case Rdata.Dname.TYPE -> new Rdata.Dname(NameReader.read(in));
            case Rdata.Opt.TYPE -> new Rdata.Opt(options(in, end));
            default -> new Rdata.Unknown(type, in.bytes(end - in.position()));
        };
    }

    private static List<Bytes> strings(WireReader in, int end) throws MalformedException {
        var strings = new ArrayList<Bytes>();
        do {
            strings.add(in.bytes(in.u8()));
        } while (in.position() < end);
        return strings;
    }

    private static List<Edns.Option> options(WireReader in, int end) throws MalformedException {
        var options = new ArrayList<Edns.Option>();
        while (in.position() < end) {
            options.add(new Edns.Option(in.u16(), in.bytes(in.u16())));
        }
        return options;
    }

    private static Inet4Address ipv4(Bytes octets) {
        try {
            return (Inet4Address) InetAddress.getByAddress(octets.toArray());
        } catch (UnknownHostException e) {
            throw new AssertionError("four octets are an address", e);
        }
    }

    // InetAddress would turn ::ffff:1.2.3.4 into an IPv4 address, which has another length.
    private static Inet6Address ipv6(Bytes octets) {
        try {
            return Inet6Address.getByAddress("", octets.toArray(), -1);
        } catch (UnknownHostException e) {
            throw new AssertionError("sixteen octets are an address", e);
        }
    }
}

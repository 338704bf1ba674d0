package wirelab.client;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import wirelab.client.engine.DnsRequest;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.dns.DnsName;
import wirelab.dns.Edns;
import wirelab.dns.Question;
import wirelab.dns.RecordClass;
import wirelab.dns.RecordType;
import wirelab.wire.Bytes;

/// What `client dns` asks; a `@Mixin`. Each option has dig's word beside its own.
final class QuestionOptions {
    private static final int COOKIE_OCTETS = 8;

    /// What an answer may have without being cut into fragments on any path (the DNS flag day of 2020).
    private static final int UDP_SIZE = 1232;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            converter = NameConverter.class,
            description = "The name to ask about, as example.com.")
    Optional<DnsName> name = Optional.empty();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TYPE",
            converter = TypeConverter.class,
            description = "The type of record, as MX or TYPE257 (default: A, and PTR with -x).")
    Optional<RecordType> type = Optional.empty();

    @Option(
            names = {"-x", "--reverse"},
            paramLabel = "ADDRESS",
            description = "Ask for the name of an IPv4 address instead: 10.0.0.127.in-addr.arpa for 127.0.0.10.")
    Optional<Inet4Address> reverse = Optional.empty();

    @Option(
            names = {"-c", "--class"},
            paramLabel = "CLASS",
            converter = ClassConverter.class,
            description = "The class: IN, or CH for version.bind (default: IN).")
    RecordClass recordClass = RecordClass.IN;

    @Option(
            names = {"--no-recurse", "+norecurse", "+norec"},
            description = "Do not ask the server to ask others (RD clear).")
    boolean noRecurse;

    @Option(
            names = {"--edns", "+edns"},
            description = "Send an OPT record; the options that follow do so too.")
    boolean edns;

    @Option(
            names = {"--bufsize", "+bufsize"},
            paramLabel = "OCTETS",
            description = "The largest answer to take over UDP, said by EDNS (default: 1232).")
    Optional<Integer> bufsize = Optional.empty();

    @Option(
            names = {"--dnssec", "+dnssec"},
            description = "Ask for signatures and proofs too (DO).")
    boolean dnssec;

    @Option(
            names = {"--nsid", "+nsid"},
            description = "Ask which of several servers it is (RFC 5001).")
    boolean nsid;

    @Option(
            names = {"--cookie", "+cookie"},
            description = "Send a cookie, so that the server knows us again (RFC 7873).")
    boolean cookie;

    /// Checked, and with what has to be random.
    DnsRequest request(RandomGenerator random) throws ExitException {
        return new DnsRequest(question(), !noRecurse, opt(random));
    }

    private Question question() throws ExitException {
        if (name.isPresent() == reverse.isPresent()) {
            throw new ExitException(
                    ExitCode.USAGE,
                    name.isPresent()
                            ? "NAME and -x are two questions: ask one"
                            : "what is to be asked? Add a name, as example.com, or -x and an address");
        }
        return new Question(
                name.or(() -> reverse.map(QuestionOptions::inAddrArpa)).orElseThrow(),
                type.orElse(name.isPresent() ? RecordType.A : RecordType.PTR),
                recordClass);
    }

    /// RFC 1035 section 3.5: the octets from the last to the first.
    private static DnsName inAddrArpa(Inet4Address address) {
        var octets = address.getAddress();
        return DnsName.of("%d.%d.%d.%d.in-addr.arpa"
                .formatted(octets[3] & 0xff, octets[2] & 0xff, octets[1] & 0xff, octets[0] & 0xff));
    }

    private Optional<Edns> opt(RandomGenerator random) throws ExitException {
        int size = bufsize.orElse(UDP_SIZE);
        if (size < 0 || size > 0xffff) {
            throw new ExitException(ExitCode.USAGE, "--bufsize " + size + ": takes a number from 0 to 65535");
        }
        var options = new ArrayList<Edns.Option>();
        if (nsid) {
            options.add(new Edns.Option(Edns.Option.NSID, Bytes.EMPTY));
        }
        if (cookie) {
            var octets = new byte[COOKIE_OCTETS];
            random.nextBytes(octets);
            options.add(new Edns.Option(Edns.Option.COOKIE, Bytes.copyOf(octets)));
        }
        return edns || dnssec || bufsize.isPresent() || !options.isEmpty()
                ? Optional.of(new Edns(size, 0, 0, dnssec, 0, List.copyOf(options)))
                : Optional.empty();
    }

    /// Reads `example.com`.
    static final class NameConverter implements ITypeConverter<DnsName> {
        @Override
        public DnsName convert(String text) {
            try {
                return DnsName.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is not a domain name: " + e.getMessage());
            }
        }
    }

    /// Reads `MX`, or `TYPE257` for one without a name.
    static final class TypeConverter implements ITypeConverter<RecordType> {
        @Override
        public RecordType convert(String text) {
            return RecordType.named(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is not a type of record like A, MX or TYPE257"));
        }
    }

    /// Reads `CH`, or `CLASS3`.
    static final class ClassConverter implements ITypeConverter<RecordClass> {
        @Override
        public RecordClass convert(String text) {
            return RecordClass.named(text)
                    .orElseThrow(
                            () -> new TypeConversionException("'" + text + "' is not a class like IN, CH or CLASS32"));
        }
    }
}

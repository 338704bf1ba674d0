package wirelab.dnsserver.engine.transfer;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.zone.Difference;
import wirelab.dnsserver.engine.zone.History;
import wirelab.dnsserver.engine.zone.Zone;

/// What a zone transfer consists of. Immutable.
///
/// @param histories the last changes of zones, by origin
/// @spec https://www.rfc-editor.org/rfc/rfc5936#section-2.2 RFC 5936
/// @spec https://www.rfc-editor.org/rfc/rfc1995#section-4 RFC 1995
public record Transfers(TransferRules rules, Map<DnsName, History> histories) {
    public static final Transfers NONE = new Transfers(TransferRules.NONE, Map.of());

    public Transfers {
        histories = Map.copyOf(histories);
    }

    /// The whole zone: its SOA, all else, and the SOA again.
    public static Stream<ResourceRecord> whole(Zone zone) {
        var soa = zone.soa();
        // By concat, which hands on one record at a time; flatMap would gather the zone first.
        return Stream.concat(Stream.concat(Stream.of(soa), zone.records()), Stream.of(soa));
    }

    /// What takes a client from its version to ours: the SOA alone if it has that one; the changes; or the whole zone,
    /// if they are not known or more than that.
    ///
    /// @param authorities of the query, where the client's SOA is
    /// @return empty if it is not there
    public Optional<Iterator<ResourceRecord>> incremental(Zone zone, List<ResourceRecord> authorities) {
        return authorities.stream()
                .filter(record -> record.name().equals(zone.origin()) && record.data() instanceof Rdata.Soa)
                .findFirst()
                .map(theirs -> since(zone, Difference.serial(theirs)).iterator());
    }

    private Stream<ResourceRecord> since(Zone zone, long serial) {
        var soa = zone.soa();
        if (!Difference.isLater(zone.serial(), serial)) {
            return Stream.of(soa);
        }
        var changes = histories.getOrDefault(zone.origin(), History.NONE).since(serial);
        return changes.filter(all -> all.stream().mapToInt(Difference::size).sum() < zone.names())
                .map(all -> sequences(soa, all))
                .orElseGet(() -> whole(zone));
    }

    private static Stream<ResourceRecord> sequences(ResourceRecord soa, List<Difference> changes) {
        var each = changes.stream()
                .flatMap(change -> Stream.of(
                                Stream.of(change.from()),
                                change.removed().stream(),
                                Stream.of(change.to()),
                                change.added().stream())
                        .flatMap(part -> part));
        return Stream.of(Stream.of(soa), each, Stream.of(soa)).flatMap(part -> part);
    }

    /// Whether a question is for a transfer.
    public static boolean isOne(RecordType type) {
        return type.equals(RecordType.AXFR) || type.equals(RecordType.IXFR);
    }
}

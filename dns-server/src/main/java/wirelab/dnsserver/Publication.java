package wirelab.dnsserver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import wirelab.daemon.Metrics;
import wirelab.dns.DnsName;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.DnsEngine;
import wirelab.dnsserver.engine.Identity;
import wirelab.dnsserver.engine.transfer.TransferRules;
import wirelab.dnsserver.engine.transfer.Transfers;
import wirelab.dnsserver.engine.zone.Difference;
import wirelab.dnsserver.engine.zone.History;
import wirelab.dnsserver.engine.zone.Zone;
import wirelab.dnsserver.engine.zone.Zones;
import wirelab.dnsserver.shell.Copies;

/// The zones of the moment, from files and from primaries, and how they have come to be what they are: whenever one
/// changes, an engine for all of them is made. Safe for many threads.
final class Publication implements Copies {
    private final Identity identity;
    private final TransferRules rules;
    private final Map<DnsName, Zone> copies = new LinkedHashMap<>();
    private final Map<DnsName, History> histories = new HashMap<>();
    private List<Zone> own = List.of();
    private Consumer<DnsEngine> taker = _ -> {};
    private Consumer<ResourceRecord> announcer = _ -> {};

    Publication(Identity identity, TransferRules rules) {
        this.identity = identity;
        this.rules = rules;
    }

    /// From now on each engine is handed to `engines`, and the SOA of each new version of a zone to `versions`.
    synchronized void to(Consumer<DnsEngine> engines, Consumer<ResourceRecord> versions) {
        taker = engines;
        announcer = versions;
        own.forEach(zone -> versions.accept(zone.soa()));
    }

    /// The zones of the files, in place of those that were there.
    ///
    /// @throws IllegalArgumentException if one of them is also the copy of another server's
    synchronized void replace(List<Zone> zones) {
        for (var zone : zones) {
            if (rules.primaries().containsKey(zone.origin())) {
                throw new IllegalArgumentException(
                        "the zone " + zone.origin() + " is there twice: by --zone and by --secondary");
            }
        }
        var before = new HashMap<DnsName, Zone>();
        own.forEach(zone -> before.put(zone.origin(), zone));
        own = List.copyOf(zones);
        var changed = new ArrayList<Zone>();
        for (var zone : zones) {
            var old = before.get(zone.origin());
            if (old == null || old.serial() != zone.serial()) {
                changed.add(zone);
            }
            if (old != null) {
                histories.put(zone.origin(), history(zone.origin()).then(old, zone));
            }
        }
        publish();
        changed.forEach(zone -> announcer.accept(zone.soa()));
    }

    @Override
    public synchronized void renewed(Zone zone, List<Difference> changes) {
        var old = copies.put(zone.origin(), zone);
        boolean known = old != null && !changes.isEmpty() && changes.getFirst().fromSerial() == old.serial();
        histories.put(
                zone.origin(),
                known
                        ? history(zone.origin()).then(changes)
                        : old == null ? History.NONE : history(zone.origin()).then(old, zone));
        publish();
        if (old == null || old.serial() != zone.serial()) {
            announcer.accept(zone.soa());
        }
    }

    @Override
    public synchronized void expired(DnsName origin) {
        copies.remove(origin);
        histories.remove(origin);
        publish();
    }

    private History history(DnsName origin) {
        return histories.getOrDefault(origin, History.NONE);
    }

    private void publish() {
        taker.accept(engine());
    }

    /// An engine for the zones as they are now.
    synchronized DnsEngine engine() {
        var zones = new ArrayList<>(own);
        zones.addAll(copies.values());
        var absent = new HashSet<>(rules.primaries().keySet());
        absent.removeAll(copies.keySet());
        return new DnsEngine(Zones.of(zones, List.copyOf(absent)), identity, new Transfers(rules, histories));
    }

    /// The version of each zone that is there.
    synchronized List<Metrics.Reading> readings() {
        return Stream.concat(own.stream(), copies.values().stream())
                .map(zone -> new Metrics.Reading(List.of(zone.origin().toString()), zone.serial()))
                .toList();
    }
}

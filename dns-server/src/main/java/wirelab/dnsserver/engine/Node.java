package wirelab.dnsserver.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;

/// What a zone has at one name: record sets by type, or none at all where there are only names below. Immutable.
record Node(Map<RecordType, List<ResourceRecord>> sets) {
    static final Node EMPTY = new Node(Map.of());

    Node {
        sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets)); // in the file's order, as Map.copyOf is not
    }

    List<ResourceRecord> set(RecordType type) {
        return sets.getOrDefault(type, List.of());
    }

    boolean has(RecordType type) {
        return sets.containsKey(type);
    }

    List<ResourceRecord> all() {
        return sets.values().stream().flatMap(List::stream).toList();
    }
}

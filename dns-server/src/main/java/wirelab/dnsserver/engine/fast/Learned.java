package wirelab.dnsserver.engine.fast;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import wirelab.dns.Question;
import wirelab.dns.RecordType;
import wirelab.dnsserver.engine.DnsEngine;

/// Answers of several record sets that the long way has made once: of alias chains, referrals, and that there is
/// nothing. A new one takes the place of another, so that there are never many. Confined to one thread.
final class Learned {
    private static final int PLACES = 4096;

    private final long[] keys = new long[PLACES];
    private final @Nullable Template[] templates = new Template[PLACES];

    /// The answer to a question about the name of a node; as short as a template may be, or null.
    @Nullable
    Template about(DnsEngine engine, int zone, int node, int type, boolean dnssec) {
        // 15 bits, one bit, 32 and 16.
        long key = (long) zone << 49 | (dnssec ? 1L << 48 : 0) | Integer.toUnsignedLong(node) << 16 | type;
        int place = (int) ((key * 0x9e37_79b9_7f4a_7c15L) >>> 52);
        var known = templates[place];
        if (known != null && keys[place] == key) {
            return known;
        }
        var name = engine.zones().all().get(zone).nameAt(node);
        var octets = engine.answerTo(new Question(name, new RecordType(type)), dnssec);
        if (!Template.fits(octets)) {
            return null;
        }
        var template = Template.of(octets);
        keys[place] = key;
        templates[place] = template;
        return template;
    }

    void forget() {
        Arrays.fill(templates, null);
    }
}

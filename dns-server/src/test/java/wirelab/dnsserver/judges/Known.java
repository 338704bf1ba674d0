package wirelab.dnsserver.judges;

import java.util.List;
import java.util.regex.Pattern;

/// A difference that is not ours to mend. Immutable; docs/conformance.md has the list too.
///
/// @param lines which differences are meant: question, colon, what differs
/// @param why where the two part, and what speaks for us
record Known(Peer.Kind kind, Pattern lines, String why) {
    static final List<Known> ALL = List.of(
            known(
                    Peer.Kind.NSD,
                    "\\S+ NSEC.*",
                    "follows an alias for NSEC too; Knot and BIND do not, since NSEC stands beside a CNAME"),
            known(
                    Peer.Kind.NSD,
                    "b\\.old\\.nsec\\.test .*authorities.*",
                    "behind a DNAME, proves the wildcard's own absence instead of that of the nearer name"),
            known(
                    Peer.Kind.NSD,
                    "\\*\\.dev\\.nsec3\\.test .*authorities theirs.*",
                    "adds the encloser's NSEC3 where the wildcard is asked for by its name"),
            known(
                    Peer.Kind.NSD,
                    "\\S*cut\\.nsec3\\.test .*authorities.*",
                    "takes names that opt-out has left without NSEC3 for enclosers"),
            known(
                    Peer.Kind.KNOT,
                    "\\S+ NSEC.*authorities ours.*",
                    "answers NSEC from a wildcard without the proof that no nearer name is there"),
            known(Peer.Kind.BIND, "\\S+ NSEC.*", "takes the NSEC at a delegation for an answer; Knot and NSD refer"),
            known(
                    Peer.Kind.BIND,
                    "\\S+ SOA.*authorities.*",
                    "lets nobody keep that there is no SOA: TTL 0, unlike RFC 2308"));

    private static Known known(Peer.Kind kind, String lines, String why) {
        return new Known(kind, Pattern.compile(lines), why);
    }

    static boolean explains(Peer.Kind kind, String line) {
        return ALL.stream()
                .anyMatch(one -> one.kind == kind && one.lines.matcher(line).matches());
    }
}

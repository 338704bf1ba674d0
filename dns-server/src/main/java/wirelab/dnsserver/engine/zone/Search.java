package wirelab.dnsserver.engine.zone;

import wirelab.dns.RecordType;

/// Where a name leads in a zone: the way of RFC 1034 section 4.3.2, step 3, with no object made. Confined to one
/// thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1034#section-4.3.2 RFC 1034
/// @spec https://www.rfc-editor.org/rfc/rfc4592#section-3.3 RFC 4592
public final class Search {
    /// What was found.
    public enum Kind {
        /// Step 3 a: the name itself, if only with names below it.
        NODE,
        /// Step 3 b: a delegation at or above the name.
        CUT,
        /// A DNAME above the name (RFC 6672 section 3.2).
        DNAME,
        /// Step 3 c: no such name, but a wildcard beside it.
        WILDCARD,
        /// No such name.
        NOTHING
    }

    private Kind kind = Kind.NOTHING;
    private int node;
    private int encloser;
    private int end;

    /// Looks for `name`, which is at the zone's origin or below it.
    public void find(Zone zone, NameKey name, int type) {
        end = 0;
        encloser = zone.table().find(name, 0);
        while (encloser == NameTable.NONE) {
            encloser = zone.table().find(name, ++end);
        }
        boolean exact = end == 0;
        int barrier = zone.barrier(encloser);
        if (barrier == Zone.NONE && !exact && zone.isDname(encloser)) {
            barrier = encloser;
        }
        node = encloser;
        if (barrier != Zone.NONE) {
            // Of the records at a cut, only DS is the parent's (RFC 4035 section 3.1.4.1).
            boolean parents = exact && barrier == encloser && type == RecordType.DS.number();
            node = parents ? encloser : barrier;
            kind = parents ? Kind.NODE : zone.isCut(barrier) ? Kind.CUT : Kind.DNAME;
        } else if (exact) {
            kind = Kind.NODE;
        } else {
            node = zone.wildcard(encloser);
            kind = node == Zone.NONE ? Kind.NOTHING : Kind.WILDCARD;
        }
    }

    public Kind kind() {
        return kind;
    }

    /// What was found; where there is nothing, the nearest name above.
    public int node() {
        return kind == Kind.NOTHING ? encloser : node;
    }

    /// The nearest name above, or the name itself.
    public int encloser() {
        return encloser;
    }

    /// With which label of the name that one begins.
    public int end() {
        return end;
    }
}

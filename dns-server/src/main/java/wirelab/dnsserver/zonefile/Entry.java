package wirelab.dnsserver.zonefile;

import java.util.List;

/// A directive or a record: what stands on one line, or on several by parentheses. Immutable.
///
/// @param blank whether it begins with white space, and so belongs to the owner of the entry before
/// @param tokens one or more
/// @param end where it ended, for what is missing
record Entry(boolean blank, List<Token> tokens, Position end) {
    Entry {
        tokens = List.copyOf(tokens);
    }
}

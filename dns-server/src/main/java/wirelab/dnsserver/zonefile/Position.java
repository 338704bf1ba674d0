package wirelab.dnsserver.zonefile;

/// A place in a text, both numbers counted from 1. Immutable.
record Position(int line, int column) {}

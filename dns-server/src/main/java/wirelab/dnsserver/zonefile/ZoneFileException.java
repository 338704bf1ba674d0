package wirelab.dnsserver.zonefile;

/// A zone file says what cannot be; its message begins with `FILE:LINE:COLUMN: `.
public final class ZoneFileException extends Exception {
    ZoneFileException(String file, Position at, String expected) {
        super(file + ":" + at.line() + ":" + at.column() + ": " + expected);
    }
}

package wirelab.scrap;

import wirelab.wire.Bytes;

/// `SIGNGET`: asks for the list of files. Seven octets, no terminator; the only request there is. Immutable.
public record ScrapRequest() {
    public static final Bytes WIRE = Bytes.ascii("SIGNGET");
}

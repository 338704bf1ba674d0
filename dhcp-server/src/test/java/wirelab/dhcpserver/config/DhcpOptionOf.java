package wirelab.dhcpserver.config;

import wirelab.dhcp.DhcpOption;
import wirelab.wire.Bytes;

/// Options that have no record of their own. Immutable.
final class DhcpOptionOf {
    private DhcpOptionOf() {}

    static DhcpOption of(int code, String hex) {
        return new DhcpOption.Unknown(code, Bytes.hex(hex));
    }
}

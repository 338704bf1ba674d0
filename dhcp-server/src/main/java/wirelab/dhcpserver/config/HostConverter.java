package wirelab.dhcpserver.config;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcpserver.engine.network.ClientKey;
import wirelab.dhcpserver.engine.network.Host;
import wirelab.wire.Bytes;

/// Reads `--host`: `02:00:5e:10:00:01=10.20.30.60,name=printer`, `id:01020304=10.20.30.61`, or without an address.
/// Immutable.
final class HostConverter implements ITypeConverter<Host> {
    private static final String FORM = "is not a host like 02:00:5e:10:00:01=10.20.30.60 or id:01020304=10.20.30.60";

    @Override
    public Host convert(String text) {
        int comma = text.indexOf(',');
        var head = comma < 0 ? text : text.substring(0, comma);
        int equals = head.indexOf('=');
        var client = client(equals < 0 ? head : head.substring(0, equals));
        Optional<Inet4Address> address =
                equals < 0 ? Optional.empty() : Optional.of(address(head.substring(equals + 1)));
        var parameters = new ParameterReader();
        for (var setting : comma < 0 ? List.<Setting>of() : Setting.list(text.substring(comma + 1))) {
            if (!parameters.read(setting)) {
                throw setting.wrong("a host has name, router, dns, domain, search, route, ntp, mtu, lease-time, t1, t2,"
                        + " next-server, boot-file, or an option's number");
            }
        }
        return new Host(client, address, parameters.parameters());
    }

    private static ClientKey client(String text) {
        if (text.matches("id:([0-9A-Fa-f]{2})+")) {
            return new ClientKey.Identifier(Bytes.hex(text.substring(3)));
        }
        try {
            return new ClientKey.Hardware(HardwareAddress.ethernet(text));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' " + FORM);
        }
    }

    private static Inet4Address address(String text) {
        try {
            return ParameterReader.address(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' " + FORM);
        }
    }
}

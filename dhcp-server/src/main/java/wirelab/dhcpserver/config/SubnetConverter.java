package wirelab.dhcpserver.config;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wirelab.dhcp.Prefix;
import wirelab.dhcpserver.engine.network.AddressPool;
import wirelab.dhcpserver.engine.network.Subnet;

/// Reads `--subnet`: `10.20.30.0/24,pool=10.20.30.51-10.20.30.99,router=10.20.30.1`. Immutable.
final class SubnetConverter implements ITypeConverter<Subnet> {
    @Override
    public Subnet convert(String text) {
        int comma = text.indexOf(',');
        var prefix = prefix(comma < 0 ? text : text.substring(0, comma));
        var pools = new ArrayList<AddressPool>();
        var parameters = new ParameterReader();
        for (var setting : comma < 0 ? List.<Setting>of() : Setting.list(text.substring(comma + 1))) {
            if (setting.key().equals("pool")) {
                pools.add(PoolConverter.parse(setting.value()));
            } else if (setting.key().equals("name") || !parameters.read(setting)) {
                throw setting.wrong(
                        "a subnet has pool, router, dns, domain, search, route, ntp, mtu, lease-time, t1, t2,"
                                + " next-server, boot-file, or an option's number");
            }
        }
        return new Subnet(prefix, pools, parameters.parameters());
    }

    private static Prefix prefix(String text) {
        try {
            return Prefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}

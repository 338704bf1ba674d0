package wirelab.dhcpserver.config;

import java.net.Inet4Address;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wirelab.dhcpserver.engine.network.AddressPool;

/// Reads `--pool`. Immutable.
final class PoolConverter implements ITypeConverter<AddressPool> {
    private static final String ADDRESS = "\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}";

    @Override
    public AddressPool convert(String text) {
        return parse(text);
    }

    static AddressPool parse(String text) {
        if (!text.matches(ADDRESS + "-" + ADDRESS)) {
            throw new TypeConversionException("'" + text + "' is not a pool like 10.20.30.51-10.20.30.99");
        }
        int dash = text.indexOf('-');
        try {
            return new AddressPool(
                    Inet4Address.ofLiteral(text.substring(0, dash)), Inet4Address.ofLiteral(text.substring(dash + 1)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not a pool: " + e.getMessage());
        }
    }
}

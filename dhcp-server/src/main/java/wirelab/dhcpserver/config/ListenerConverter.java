package wirelab.dhcpserver.config;

import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `--interface`: `eth1`, or `eth1=192.168.7.1`. Immutable.
final class ListenerConverter implements ITypeConverter<NetworkOptions.Interface> {
    @Override
    public NetworkOptions.Interface convert(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            return new NetworkOptions.Interface(text, Optional.empty());
        }
        try {
            return new NetworkOptions.Interface(
                    text.substring(0, equals), Optional.of(ParameterReader.address(text.substring(equals + 1))));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not an interface like eth1 or eth1=192.168.7.1");
        }
    }
}

package wirelab.client;

import java.net.Inet4Address;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The local end of a conversation: an address, and a port if that matters. Immutable.
record Bind(Inet4Address address, OptionalInt port) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?::(\\d{1,5}))?");

    /// Reads `10.20.30.51` or `10.20.30.51:49152`.
    static final class Converter implements ITypeConverter<Bind> {
        @Override
        public Bind convert(String text) {
            var match = FORM.matcher(text);
            var port = match.matches() && match.group(2) != null
                    ? OptionalInt.of(Integer.parseInt(match.group(2)))
                    : OptionalInt.empty();
            if (!match.matches() || port.orElse(0) > 65535) {
                throw notAnAddress(text);
            }
            try {
                return new Bind(Inet4Address.ofLiteral(match.group(1)), port);
            } catch (IllegalArgumentException e) {
                throw notAnAddress(text);
            }
        }

        private static TypeConversionException notAnAddress(String text) {
            return new TypeConversionException(
                    "'" + text + "' is not an address like 10.20.30.51 or 10.20.30.51:49152");
        }
    }
}

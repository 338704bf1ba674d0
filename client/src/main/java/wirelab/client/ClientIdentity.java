package wirelab.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import wirelab.client.engine.DhcpSettings;
import wirelab.wire.Bytes;

/// What a DHCP client says of itself, and what it asks for; a `@Mixin`.
final class ClientIdentity {
    @Option(
            names = "--client-id",
            paramLabel = "ID",
            converter = IdConverter.class,
            description = "Who we are to the server (option 61), in place of the hardware address: text, or octets as"
                    + " 0x01020304.")
    Optional<Bytes> clientId = Optional.empty();

    @Option(names = "--hostname", paramLabel = "NAME", description = "What we call ourselves (option 12).")
    Optional<String> hostName = Optional.empty();

    @Option(
            names = "--request",
            paramLabel = "CODE",
            split = ",",
            converter = CodeConverter.class,
            description = "Codes of options to ask for (option 55), as 1,3,6,58,59.")
    List<Integer> wanted = new ArrayList<>();

    DhcpSettings of(DhcpSettings settings) {
        return new DhcpSettings(settings.chaddr(), settings.pace(), clientId, hostName, wanted, settings.checks());
    }

    /// Reads `laptop`, as type 0 and text (RFC 2132 section 9.14), or `0x0102`, as it stands.
    static final class IdConverter implements ITypeConverter<Bytes> {
        @Override
        public Bytes convert(String text) {
            try {
                var id = text.startsWith("0x")
                        ? Bytes.hex(text.substring(2))
                        : Bytes.of(0).plus(Bytes.ascii(text));
                if (id.size() < 2 || id.size() > 255) {
                    throw new IllegalArgumentException("option 61 has 2 to 255 octets");
                }
                return id;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not an identifier like laptop or 0x01020304: " + e.getMessage());
            }
        }
    }

    /// Reads an option's code.
    static final class CodeConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 254) {
                throw new TypeConversionException("'" + text + "' is not an option's code, from 1 to 254");
            }
            return Integer.valueOf(text);
        }
    }
}

package wirelab.dns;

import java.util.Locale;
import java.util.Optional;

/// Which of the DNS's parallel trees a record belongs to: nearly always the Internet's. Immutable.
///
/// @param number 0 to 65535
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-3.2.4 RFC 1035
public record RecordClass(int number) {
    public static final RecordClass IN = new RecordClass(1);
    /// Chaosnet, of which the servers' own `version.bind` is left.
    public static final RecordClass CH = new RecordClass(3);
    public static final RecordClass HS = new RecordClass(4);
    /// In an update: no such record (RFC 2136).
    public static final RecordClass NONE = new RecordClass(254);
    /// Any class; only in a question or an update.
    public static final RecordClass ANY = new RecordClass(255);

    public RecordClass {
        Numbers.require("class", number, 0xffff);
    }

    /// The class of this mnemonic, in any case; also `CLASS32`.
    public static Optional<RecordClass> named(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "IN" -> Optional.of(IN);
            case "CH" -> Optional.of(CH);
            case "HS" -> Optional.of(HS);
            default -> Numbers.parse("CLASS", name, 0xffff).map(RecordClass::new);
        };
    }

    @Override
    public String toString() {
        return switch (number) {
            case 1 -> "IN";
            case 3 -> "CH";
            case 4 -> "HS";
            case 254 -> "NONE";
            case 255 -> "ANY";
            default -> "CLASS" + number;
        };
    }
}

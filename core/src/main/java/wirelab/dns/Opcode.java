package wirelab.dns;

/// What a message wants done. Immutable.
///
/// @param number 0 to 15
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1 RFC 1035
public record Opcode(int number) {
    public static final Opcode QUERY = new Opcode(0);
    public static final Opcode STATUS = new Opcode(2);
    public static final Opcode NOTIFY = new Opcode(4);
    public static final Opcode UPDATE = new Opcode(5);

    public Opcode {
        Numbers.require("opcode", number, 15);
    }

    @Override
    public String toString() {
        return switch (number) {
            case 0 -> "QUERY";
            case 1 -> "IQUERY";
            case 2 -> "STATUS";
            case 4 -> "NOTIFY";
            case 5 -> "UPDATE";
            case 6 -> "DSO";
            default -> "OPCODE" + number;
        };
    }
}

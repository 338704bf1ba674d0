package wirelab.client.output;

/// How a piece of text looks on a terminal that has colours. Immutable.
///
/// @spec https://ecma-international.org/publications-and-standards/standards/ecma-48 ECMA-48, section 8.3.117 (SGR)
public enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32");

    private final String parameter;

    Style(String parameter) {
        this.parameter = parameter;
    }

    public String paint(String text, boolean colour) {
        return colour && this != PLAIN ? "\u001b[" + parameter + "m" + text + "\u001b[0m" : text;
    }
}

package wirelab.dns;

import java.util.Optional;

/// The numbers of IANA's tables: their bounds, and the form `TYPE65280` for those without a name.
final class Numbers {
    private Numbers() {}

    static void require(String what, int number, int most) {
        if (number < 0 || number > most) {
            throw new IllegalArgumentException(what + " " + number + " is not within 0 and " + most);
        }
    }

    static Optional<Integer> parse(String prefix, String text, int most) {
        if (!text.regionMatches(true, 0, prefix, 0, prefix.length())
                || !text.substring(prefix.length()).matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(text.substring(prefix.length()));
        return number > most ? Optional.empty() : Optional.of(number);
    }
}

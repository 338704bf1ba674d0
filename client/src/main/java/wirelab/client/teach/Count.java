package wirelab.client.teach;

import java.util.regex.Pattern;

/// How many there may be. Immutable.
///
/// @param least 0 or more
/// @param most no less than that; [Integer#MAX_VALUE] for any number
public record Count(int least, int most) {
    /// One or more.
    public static final Count SOME = new Count(1, Integer.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})?(\\.\\.)?(\\d{1,9})?");

    public Count {
        if (least < 0 || most < least) {
            throw new IllegalArgumentException("from " + least + " to " + most + " there is no number");
        }
    }

    /// Reads `3`, `1..`, `..2` or `2..5`.
    ///
    /// @throws IllegalArgumentException if it is none of these
    public static Count parse(String text) {
        var form = FORM.matcher(text);
        boolean fits = form.matches() && (form.group(1) != null || form.group(3) != null);
        if (!fits || (form.group(2) == null && form.group(3) != null)) {
            throw new IllegalArgumentException("'" + text + "' is no number of frames: 3, 1.., ..2 or 2..5");
        }
        int least = form.group(1) == null ? 0 : Integer.parseInt(form.group(1));
        if (form.group(2) == null) {
            return new Count(least, least);
        }
        return new Count(least, form.group(3) == null ? Integer.MAX_VALUE : Integer.parseInt(form.group(3)));
    }

    public boolean takes(int count) {
        return count >= least && count <= most;
    }

    /// In words, as `at least 1`.
    @Override
    public String toString() {
        if (least == most) {
            return least == 0 ? "none" : "exactly " + least;
        }
        if (most == Integer.MAX_VALUE) {
            return "at least " + least;
        }
        return least == 0 ? "at most " + most : least + " to " + most;
    }
}

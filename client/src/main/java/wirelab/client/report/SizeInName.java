package wirelab.client.report;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The size that a file's name speaks of, as `50MB.zip`. Immutable.
///
/// @param decimal octets, if a megabyte is a million of them
/// @param binary octets, if it is 1,048,576
public record SizeInName(long decimal, long binary) {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})([kKMG])i?B(?![a-z])");
    private static final String UNITS = "kMG";

    /// Whether a name speaks of a size, and the size is another one.
    public static boolean belies(String name, OptionalLong size) {
        var match = SIZE.matcher(name);
        if (size.isEmpty() || !match.find()) {
            return false;
        }
        long count = Long.parseLong(match.group(1));
        int power = UNITS.indexOf(match.group(2).replace('K', 'k')) + 1;
        var named = new SizeInName(count * (long) Math.pow(1000, power), count << (10 * power));
        return size.getAsLong() != named.decimal && size.getAsLong() != named.binary;
    }
}

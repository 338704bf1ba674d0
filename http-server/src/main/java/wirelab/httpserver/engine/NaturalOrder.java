package wirelab.httpserver.engine;

import java.util.ArrayList;
import java.util.List;

/// The order of names as people count: `50MB.zip` before `100MB.zip`. Immutable.
final class NaturalOrder {
    private NaturalOrder() {}

    /// Compares runs of digits by their value, and the rest by character.
    static int compare(String a, String b) {
        var left = parts(a);
        var right = parts(b);
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = comparePart(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        int bySize = Integer.compare(left.size(), right.size());
        return bySize != 0 ? bySize : a.compareTo(b);
    }

    private static int comparePart(String a, String b) {
        if (isDigit(a.charAt(0)) && isDigit(b.charAt(0))) {
            var x = a.replaceFirst("^0+(?=.)", "");
            var y = b.replaceFirst("^0+(?=.)", "");
            return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
        }
        return a.compareTo(b);
    }

    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        int from = 0;
        for (int i = 1; i <= text.length(); i++) {
            if (i == text.length() || isDigit(text.charAt(i)) != isDigit(text.charAt(i - 1))) {
                parts.add(text.substring(from, i));
                from = i;
            }
        }
        return parts;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

package wirelab.client.capture;

import java.util.List;
import java.util.Optional;

/// Asks a capture which of its frames pass a display filter, and what a field says in them. Immutable.
///
/// @param filter in Wireshark's words, as `dhcp.option.dhcp == 1`
/// @param field in Wireshark's words, as `dhcp.id`
public record Tap(String filter, Optional<String> field) {
    /// A frame that passes.
    ///
    /// @param frame its number, from 1
    /// @param values of the field, in the frame's order; none where no field was asked for, or the frame has none
    public record Hit(int frame, List<String> values) {
        public Hit {
            values = List.copyOf(values);
        }
    }

    public Tap {
        require(filter);
        field.ifPresent(Tap::require);
    }

    /// Of frames alone.
    public static Tap of(String filter) {
        return new Tap(filter, Optional.empty());
    }

    /// Of a field, in all frames that have it and pass.
    public static Tap of(String filter, String field) {
        return new Tap(filter, Optional.of(field));
    }

    private static void require(String words) {
        if (words.isBlank() || words.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a filter or a field is one line of text");
        }
    }
}

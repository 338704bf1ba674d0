package wirelab.client.capture;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The fields of one frame, as tshark printed them. Immutable.
///
/// @param columns where each field stands
/// @param cells what stood there; occurrences of one field are parted by [#AGGREGATOR]
record Row(Map<String, Integer> columns, List<String> cells) {
    /// Parts the fields.
    static final char SEPARATOR = '\u001e';

    /// Parts the occurrences of a field.
    static final char AGGREGATOR = '\u001f';

    /// Everything that the frame has of a field.
    List<String> all(String field) {
        var cell = cell(field);
        return cell.isEmpty() ? List.of() : List.of(cell.split(String.valueOf(AGGREGATOR), -1));
    }

    /// The first of what the frame has of a field: in a packet that quotes another it is the outer one's.
    Optional<String> first(String field) {
        var cell = cell(field);
        int end = cell.indexOf(AGGREGATOR);
        return cell.isEmpty() ? Optional.empty() : Optional.of(end < 0 ? cell : cell.substring(0, end));
    }

    String text(String field) {
        return first(field).orElse("");
    }

    boolean has(String field) {
        return !cell(field).isEmpty();
    }

    /// Whether a field of yes or no says yes.
    boolean isSet(String field) {
        var text = text(field);
        return text.equals("1") || text.equals("True");
    }

    OptionalLong number(String field) {
        return has(field) ? OptionalLong.of(Long.decode(text(field))) : OptionalLong.empty();
    }

    long number(String field, long otherwise) {
        return number(field).orElse(otherwise);
    }

    OptionalInt frame(String field) {
        return has(field) ? OptionalInt.of(Integer.parseInt(text(field))) : OptionalInt.empty();
    }

    private String cell(String field) {
        var column = columns.get(field);
        if (column == null) {
            throw new IllegalArgumentException(field + " was not asked for");
        }
        return cells.get(column);
    }
}

package wirelab.client.teach;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A YAML mapping whose keys are words, and which knows where in its file it stands. Confined to one thread.
///
/// @spec https://yaml.org/spec/1.2.2 YAML 1.2
final class YamlMap {
    private static final int LARGEST = 1 << 20;

    private final String file;
    private final Node place;
    private final Map<String, Node> values = new LinkedHashMap<>();

    private YamlMap(String file, Node node) throws BadSpecException {
        this.file = file;
        this.place = node;
        if (!(node instanceof MappingNode mapping)) {
            throw bad(node, "'key: value' lines are wanted here");
        }
        for (var tuple : mapping.getValue()) {
            var key = scalar(tuple.getKeyNode());
            if (values.put(key, tuple.getValueNode()) != null) {
                throw bad(tuple.getKeyNode(), "'" + key + "' is there twice");
            }
        }
    }

    /// Reads a file that is one mapping.
    ///
    /// @param file its name, for what is wrong with it
    static YamlMap read(String file, String text) throws BadSpecException {
        var settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(LARGEST).build();
        try {
            var node = new Compose(settings).composeString(text);
            if (node.isEmpty()) {
                throw new BadSpecException(file + ": it is empty");
            }
            return new YamlMap(file, node.get());
        } catch (YamlEngineException e) {
            throw new BadSpecException(
                    file + ": no YAML: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "), e);
        }
    }

    /// Refuses keys that nobody knows: a typing error must not make a check pass.
    void allow(Set<String> known) throws BadSpecException {
        for (var key : values.keySet()) {
            if (!known.contains(key)) {
                throw bad(
                        values.getOrDefault(key, place),
                        "'" + key + "' is not known here; known are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String text(String key) throws BadSpecException {
        var node = values.get(key);
        if (node == null) {
            throw bad(place, "'" + key + "' is missing");
        }
        return scalar(node);
    }

    Optional<String> optional(String key) throws BadSpecException {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    List<String> texts(String key) throws BadSpecException {
        var texts = new ArrayList<String>();
        for (var node : items(key)) {
            texts.add(scalar(node));
        }
        return texts;
    }

    List<YamlMap> maps(String key) throws BadSpecException {
        var maps = new ArrayList<YamlMap>();
        for (var node : items(key)) {
            maps.add(new YamlMap(file, node));
        }
        return maps;
    }

    private List<Node> items(String key) throws BadSpecException {
        if (values.get(key) instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw bad(values.getOrDefault(key, place), "'" + key + "' must be a list, each item behind a '-'");
    }

    private String scalar(Node node) throws BadSpecException {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw bad(node, "one text is wanted here");
    }

    /// Where this mapping is, and what is wrong there.
    BadSpecException bad(String why) {
        return bad(place, why);
    }

    private BadSpecException bad(Node node, String why) {
        var line = node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
        return new BadSpecException(file + line + ": " + why);
    }
}

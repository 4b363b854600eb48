package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A mapping of a YAML file, whose messages say the line. They show keys and never values, since a
 * value can be a password in the wrong place. Of YAML there is what settings need: mappings and
 * texts, without aliases, tags or deep nests.
 *
 * @param file for messages
 * @param line where it begins, from 1
 */
record YamlMapping(String file, int line, Map<String, Entry> entries) {
    static final int MAX_CHARACTERS = 64 * 1024;
    private static final int MAX_DEPTH = 8;

    /** What stands at a key. */
    record Entry(int line, Node value) {}

    static YamlMapping parse(String file, String text) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(MAX_CHARACTERS).build();
        try {
            verifyPlain(file, new Parse(settings).parseString(text));
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.map(node -> of(file, node))
                    .orElseGet(() -> new YamlMapping(file, 1, Map.of()));
        } catch (MarkedYamlEngineException e) {
            // Neither its message nor the cause: both quote the file.
            throw refused(
                    file,
                    e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
                    e.getProblemMark()
                            .map(mark -> "column %d is not YAML".formatted(mark.getColumn() + 1))
                            .orElse("this is not YAML"));
        } catch (YamlEngineException _) {
            throw refused(file, 1, "this is not YAML that Tidemark reads");
        }
    }

    /** Events come one by one, so this stops before anything deep is built. */
    private static void verifyPlain(String file, Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Alias -> throw refused(file, line, "there are no aliases here; write it out");
                case Scalar, Comment, DocumentStart, DocumentEnd, StreamStart, StreamEnd -> {}
            }
            if (depth > MAX_DEPTH) {
                throw refused(file, line, "more than " + MAX_DEPTH + " levels, one in another");
            }
        }
    }

    private static YamlMapping of(String file, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw refused(file, lineOf(node), "here belongs 'key: value'");
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw refused(file, lineOf(tuple.getKeyNode()), "a key is a plain word");
            }
            Entry entry = new Entry(lineOf(key), tuple.getValueNode());
            if (entries.put(key.getValue(), entry) != null) {
                throw refused(file, entry.line(), "'%s' is there twice".formatted(key.getValue()));
            }
        }
        return new YamlMapping(file, lineOf(node), entries);
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** That it has no other keys than these. */
    YamlMapping allowing(String... keys) {
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (!Set.of(keys).contains(entry.getKey())) {
                throw refused(
                        entry.getValue().line(),
                        "there is no key '%s' here; there are %s"
                                .formatted(entry.getKey(), String.join(", ", List.of(keys))));
            }
        }
        return this;
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    Set<String> keys() {
        return new TreeSet<>(entries.keySet());
    }

    int lineOf(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::line).orElse(line);
    }

    /** The text at a key that has to be there. */
    String text(String key) {
        return optionalText(key).orElseThrow(() -> refused(line, "'%s' is missing".formatted(key)));
    }

    Optional<String> optionalText(String key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value() instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue());
        }
        throw refused(entry.line(), "'%s' is a text".formatted(key));
    }

    /** Whether the key holds a mapping rather than a text. */
    boolean isMapping(String key) {
        Entry entry = entries.get(key);
        return entry != null && entry.value() instanceof MappingNode;
    }

    YamlMapping mapping(String key) {
        Entry entry = entries.get(key);
        if (entry == null || !(entry.value() instanceof MappingNode)) {
            throw refused(lineOf(key), "below '%s' belong lines 'key: value'".formatted(key));
        }
        return of(file, entry.value());
    }

    TidemarkException refused(int atLine, String why) {
        return refused(file, atLine, why);
    }

    private static TidemarkException refused(String file, int line, String why) {
        return new TidemarkException(
                ErrorCode.INVALID_DEFINITION,
                "%s, line %d: %s. Correct it there".formatted(file, line, why));
    }
}

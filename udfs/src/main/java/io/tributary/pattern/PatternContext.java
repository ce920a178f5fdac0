package io.tributary.pattern;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import io.tributary.event.EventCatalog;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What definitions are compiled against.
 *
 * @param journeys names of all journeys
 * @param limits the horizon and what bounds matching
 */
public record PatternContext(EventCatalog catalog, Set<String> journeys, Limits limits) {

    public static PatternContext of(Definitions definitions, EventCatalog catalog, Limits limits) {
        return new PatternContext(catalog, journeys(definitions), limits);
    }

    /** The {@code id} of each journey file. */
    private static Set<String> journeys(Definitions definitions) {
        return definitions.folder(Definitions.JOURNEYS).values().stream()
                .flatMap(file -> YamlNode.parse(file.path(), file.text(), new Problems()).stream())
                .map(root -> root.get("id"))
                .filter(Objects::nonNull)
                .map(YamlNode::text)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

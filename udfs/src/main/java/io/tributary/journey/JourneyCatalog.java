package io.tributary.journey;

import io.tributary.definition.Definitions;
import io.tributary.definition.DurationText;
import io.tributary.definition.Problems;
import io.tributary.definition.SchemaCheck;
import io.tributary.definition.YamlNode;
import io.tributary.event.EventCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The journeys that exist, from {@code journeys/*.yaml}, sorted by id:
 *
 * <pre>{@code
 * id: purchase
 * name: Purchase
 * expires: 7d
 * stages:
 *   - {id: browsing, enterOn: [product_viewed], standard: 30m}
 *   - {id: ordered, enterOn: [order_completed], goal: true}
 * endOn: [order_cancelled]
 * }</pre>
 */
public final class JourneyCatalog {

    private static final String SCHEMA = "journey";

    private final List<JourneyDefinition> journeys;

    public JourneyCatalog(List<JourneyDefinition> journeys) {
        this.journeys =
                journeys.stream().sorted(Comparator.comparing(JourneyDefinition::id)).toList();
    }

    public List<JourneyDefinition> journeys() {
        return journeys;
    }

    public Optional<JourneyDefinition> journey(String id) {
        return journeys.stream().filter(journey -> journey.id().equals(id)).findFirst();
    }

    /** Reads every journey; one that cannot be read is left out and named in {@code problems}. */
    public static JourneyCatalog read(
            Definitions definitions, EventCatalog events, Problems problems) {
        List<JourneyDefinition> read = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Definitions.SourceFile file : definitions.folder(Definitions.JOURNEYS).values()) {
            YamlNode.parse(file.path(), file.text(), problems)
                    .map(tree -> readOne(tree, events, problems))
                    .filter(journey -> isNew(journey, ids, file, problems))
                    .ifPresent(read::add);
        }
        return new JourneyCatalog(read);
    }

    private static boolean isNew(
            JourneyDefinition journey,
            Set<String> ids,
            Definitions.SourceFile file,
            Problems problems) {
        if (!ids.add(journey.id())) {
            YamlNode.parse(file.path(), file.text(), problems)
                    .map(tree -> tree.get("id"))
                    .ifPresent(
                            id -> problems.add(id, "journey '" + id.text() + "' exists already"));
            return false;
        }
        return true;
    }

    private static @Nullable JourneyDefinition readOne(
            YamlNode tree, EventCatalog events, Problems problems) {
        int before = problems.count();
        SchemaCheck.check(tree, SCHEMA, problems);
        if (problems.count() > before) {
            return null;
        }
        List<StageDefinition> stages = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (YamlNode stage : required(tree, "stages").items()) {
            YamlNode id = required(stage, "id");
            if (!ids.add(id.text())) {
                problems.add(id, "stage '" + id.text() + "' stands twice in this journey");
            }
            stages.add(
                    new StageDefinition(
                            id.text(),
                            text(stage, "name", id.text()),
                            eventTypes(stage.get("enterOn"), events, problems),
                            duration(stage.get("standard")),
                            flag(stage, "goal"),
                            flag(stage, "reenter")));
        }
        return new JourneyDefinition(
                required(tree, "id").text(),
                text(tree, "name", required(tree, "id").text()),
                stages,
                eventTypes(tree.get("endOn"), events, problems),
                Objects.requireNonNull(duration(tree.get("expires")), "demanded by the schema"));
    }

    private static Set<String> eventTypes(
            @Nullable YamlNode list, EventCatalog events, Problems problems) {
        Set<String> types = new LinkedHashSet<>();
        if (list != null) {
            for (YamlNode type : list.items()) {
                if (!events.knows(type.text())) {
                    problems.add(type, "unknown event type '" + type.text() + "'");
                }
                types.add(type.text());
            }
        }
        return types;
    }

    private static YamlNode required(YamlNode node, String key) {
        return Objects.requireNonNull(node.get(key), "demanded by the schema");
    }

    private static String text(YamlNode node, String key, String otherwise) {
        YamlNode value = node.get(key);
        return value == null ? otherwise : value.text();
    }

    private static boolean flag(YamlNode node, String key) {
        YamlNode value = node.get(key);
        return value != null && value.text().equals("true");
    }

    private static @Nullable Duration duration(@Nullable YamlNode node) {
        return node == null ? null : DurationText.parse(node.text()).orElseThrow();
    }
}

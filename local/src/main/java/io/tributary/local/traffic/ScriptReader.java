package io.tributary.local.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import io.tributary.local.traffic.Script.As;
import io.tributary.local.traffic.Script.Call;
import io.tributary.local.traffic.Script.Pain;
import io.tributary.local.traffic.Script.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code scripts.yaml}; its head describes the format. */
final class ScriptReader {

    private static final String BUILT_IN = "scripts.yaml";
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final Map<String, Long> UNITS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private final Problems problems;

    private ScriptReader(Problems problems) {
        this.problems = problems;
    }

    /** The scripts that come with Tributary, in file order. */
    static List<Script> builtIn() {
        try (InputStream in = ScriptReader.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException(BUILT_IN + " is not on the class path");
            }
            Problems problems = new Problems();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<Script> scripts = read(BUILT_IN, text, problems);
            problems.throwIfAny();
            return scripts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What could be read; what could not is named in {@code problems}. */
    static List<Script> read(String file, String text, Problems problems) {
        ScriptReader reader = new ScriptReader(problems);
        List<Script> scripts = new ArrayList<>();
        YamlNode.parse(file, text, problems)
                .ifPresent(
                        root -> root.entries().forEach((n, s) -> scripts.add(reader.script(n, s))));
        return scripts;
    }

    private Script script(String name, YamlNode node) {
        List<Step> steps = new ArrayList<>();
        YamlNode listed = node.get("steps");
        if (listed == null || listed.items().isEmpty()) {
            problems.add(node, "a script needs steps");
        } else {
            String channel = text(node, "channel", "web");
            for (YamlNode step : listed.items()) {
                steps.add(step(steps.size(), step, channel));
            }
        }
        List<Pain> pains = new ArrayList<>();
        YamlNode painNode = node.get("pains");
        if (painNode != null) {
            painNode.items().forEach(pain -> readPain(pain, steps, pains));
        }
        List<String> misses = new ArrayList<>();
        YamlNode missed = node.get("misses");
        if (missed != null) {
            missed.items().forEach(pattern -> misses.add(pattern.text()));
        }
        YamlNode until = node.get("until");
        int laneUntil = until == null ? steps.size() - 1 : labelled(until, until.text(), steps);
        int weight = (int) number(node.get("weight"), 1);
        String lane = text(node, "lane", "shop");
        return new Script(name, lane, laneUntil, weight, steps, pains, misses);
    }

    /** Index of the step with the label; the problem is at {@code place} if there is none. */
    private int labelled(YamlNode place, String label, List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).label().equals(label)) {
                return i;
            }
        }
        problems.add(place, "no step has the label '" + label + "'");
        return -1;
    }

    private Step step(int index, YamlNode node, String defaultChannel) {
        Call call = Call.TRACK;
        String name = "";
        boolean named = false;
        for (Call candidate : Call.values()) {
            String key = candidate.name().toLowerCase(Locale.ROOT);
            if (node.has(key)) {
                call = candidate;
                name = text(node, key, "");
                named = true;
            }
        }
        if (!named) {
            problems.add(node, "a step is one of track, page, screen or identify");
        }
        String[] range = text(node, "after", "0s").split("\\.\\.", 2);
        long least = duration(node, range[0]);
        long most = range.length == 2 ? duration(node, range[1]) : least;
        return new Step(
                text(node, "label", "step-" + index),
                call,
                name,
                text(node, "channel", defaultChannel),
                text(node, "as", "user").equals("anonymous") ? As.ANONYMOUS : As.USER,
                least,
                most,
                properties(node.get("with")));
    }

    private Map<String, JsonNode> properties(@Nullable YamlNode node) {
        TreeMap<String, JsonNode> properties = new TreeMap<>();
        if (node != null) {
            node.entries().forEach((name, value) -> properties.put(name, value(value)));
        }
        return properties;
    }

    private JsonNode value(YamlNode node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (node.text().startsWith("$")
                && !SessionValues.names().contains(node.text().substring(1))) {
            problems.add(node, "there is no session value " + node.text());
        }
        if (node.isInteger()) {
            return json.numberNode(Long.parseLong(node.text()));
        }
        if (node.isNumber()) {
            return json.numberNode(Double.parseDouble(node.text()));
        }
        return node.isBoolean()
                ? json.booleanNode(Boolean.parseBoolean(node.text()))
                : json.textNode(node.text());
    }

    private void readPain(YamlNode node, List<Step> steps, List<Pain> pains) {
        int step = labelled(node, text(node, "at", ""), steps);
        if (step >= 0) {
            long after = duration(node, text(node, "after", "0s"));
            pains.add(new Pain(text(node, "pattern", ""), step, after));
        }
    }

    private long duration(YamlNode at, String text) {
        Matcher matcher = DURATION.matcher(text);
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            problems.add(at, "'" + text + "' is not a duration such as 30s, 5m or 2h");
            return 0;
        }
        return Long.parseLong(matcher.group(1)) * unit;
    }

    private static long number(@Nullable YamlNode node, long otherwise) {
        return node != null && node.isInteger() ? Long.parseLong(node.text()) : otherwise;
    }

    private static String text(YamlNode node, String key, String otherwise) {
        YamlNode value = node.get(key);
        return value == null ? otherwise : value.text();
    }
}

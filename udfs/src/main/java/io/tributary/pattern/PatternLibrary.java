package io.tributary.pattern;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import io.tributary.event.EventCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All pain point definitions, compiled. Several versions of one id may stand side by side in files
 * of their own if their {@code effectiveFrom} differ: a match belongs to the version that was valid
 * at its first event.
 */
public final class PatternLibrary implements AutoCloseable {

    private static final Comparator<PatternDefinition> BY_TIME =
            Comparator.comparingLong(PatternDefinition::effectiveFrom)
                    .thenComparingInt(PatternDefinition::version);

    private final List<CompiledPattern> patterns;
    private final Map<String, CompiledPattern> byKey = new HashMap<>();
    private final Map<String, List<CompiledPattern>> startedBy = new HashMap<>();
    private final long fingerprint;

    private PatternLibrary(List<CompiledPattern> patterns) {
        this.patterns = List.copyOf(patterns);
        patterns.forEach(pattern -> byKey.put(pattern.key(), pattern));
        this.fingerprint = patterns.stream().mapToLong(CompiledPattern::fingerprint).sum();
    }

    /** Compiles what can be compiled; {@code problems} names the rest. */
    public static PatternLibrary compile(
            Definitions definitions, EventCatalog catalog, Problems problems) {
        return compile(definitions, catalog, Limits.DEFAULT, problems, new Problems());
    }

    /**
     * @param limits the horizon and what bounds matching
     * @param warnings receives what works but may surprise
     */
    public static PatternLibrary compile(
            Definitions definitions,
            EventCatalog catalog,
            Limits limits,
            Problems problems,
            Problems warnings) {
        Set<String> journeys = journeys(definitions);
        PatternRules rules = new PatternRules(catalog, journeys, limits, problems, warnings);
        PatternCompiler compiler = new PatternCompiler(catalog, problems);
        Map<String, List<PatternDefinition>> versions = new TreeMap<>();
        Map<PatternDefinition, PatternCompiler.Sequence> sequences = new IdentityHashMap<>();
        Map<PatternDefinition, String> texts = new IdentityHashMap<>();
        for (Definitions.SourceFile file : definitions.folder(Definitions.PATTERNS).values()) {
            int before = problems.count();
            PatternDefinition definition =
                    YamlNode.parse(file.path(), file.text(), problems)
                            .filter(root -> problems.count() == before)
                            .flatMap(root -> PatternReader.read(root, problems))
                            .orElse(null);
            if (definition == null) {
                continue;
            }
            rules.check(definition);
            boolean sound = problems.count() == before;
            versions.computeIfAbsent(definition.id(), id -> new ArrayList<>()).add(definition);
            PatternCompiler.Sequence sequence = compiler.compile(definition, sound);
            if (sequence != null) {
                sequences.put(definition, sequence);
                texts.put(definition, file.text());
            }
        }
        List<CompiledPattern> patterns = new ArrayList<>();
        versions.values()
                .forEach(of -> patterns.addAll(inForce(of, sequences, texts, limits, problems)));
        return new PatternLibrary(patterns);
    }

    /** The versions of one id, each until the next takes over. */
    private static List<CompiledPattern> inForce(
            List<PatternDefinition> versions,
            Map<PatternDefinition, PatternCompiler.Sequence> sequences,
            Map<PatternDefinition, String> texts,
            Limits limits,
            Problems problems) {
        List<PatternDefinition> byTime = versions.stream().sorted(BY_TIME).toList();
        refuseTwins(byTime, problems);
        List<CompiledPattern> patterns = new ArrayList<>();
        for (int i = 0; i < byTime.size(); i++) {
            long until = i + 1 < byTime.size() ? byTime.get(i + 1).effectiveFrom() : Long.MAX_VALUE;
            PatternCompiler.Sequence sequence = sequences.get(byTime.get(i));
            if (sequence != null) {
                String text = texts.getOrDefault(byTime.get(i), "");
                patterns.add(new CompiledPattern(byTime.get(i), text, sequence, limits, until));
            }
        }
        return patterns;
    }

    private static void refuseTwins(List<PatternDefinition> byTime, Problems problems) {
        for (int i = 0; i < byTime.size(); i++) {
            PatternDefinition one = byTime.get(i);
            for (PatternDefinition earlier : byTime.subList(0, i)) {
                if (earlier.version() == one.version()) {
                    problems.add(
                            PatternReader.required(one.at(), "version"),
                            one.id()
                                    + " version "
                                    + one.version()
                                    + " is also defined in "
                                    + earlier.at().file());
                } else if (earlier.effectiveFrom() == one.effectiveFrom()) {
                    problems.add(
                            PatternReader.required(one.at(), "version"),
                            "versions "
                                    + earlier.version()
                                    + " and "
                                    + one.version()
                                    + " of "
                                    + one.id()
                                    + " need different 'effectiveFrom' times");
                }
            }
        }
    }

    /** Names of all journeys: the {@code id} of each file. */
    private static Set<String> journeys(Definitions definitions) {
        return definitions.folder(Definitions.JOURNEYS).values().stream()
                .flatMap(file -> YamlNode.parse(file.path(), file.text(), new Problems()).stream())
                .map(root -> root.get("id"))
                .filter(Objects::nonNull)
                .map(YamlNode::text)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** By id, then by the time from which a version is in force. */
    public List<CompiledPattern> patterns() {
        return patterns;
    }

    /** The pattern with this {@link CompiledPattern#key}; null if there is none. */
    public @Nullable CompiledPattern get(String key) {
        return byKey.get(key);
    }

    /** The patterns of which an event of this type may begin a match. */
    public List<CompiledPattern> startedBy(String eventType) {
        return startedBy.computeIfAbsent(
                eventType,
                type -> patterns.stream().filter(pattern -> pattern.mayStartWith(type)).toList());
    }

    /**
     * Differs from that of any library in which a definition differs in a way that may change what
     * is found.
     */
    public long fingerprint() {
        return fingerprint;
    }

    /** The longest time from a first event until a match is certain; zero without definitions. */
    public Duration longestWindow() {
        return patterns.stream()
                .map(pattern -> pattern.definition().window())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        patterns.forEach(CompiledPattern::close);
    }
}

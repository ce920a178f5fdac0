package io.tributary.pattern;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import io.tributary.event.EventCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
    private final Map<PatternSource, CompiledPattern> bySource = new HashMap<>();
    private final Map<CompiledPattern, Integer> places = new IdentityHashMap<>();
    private final Map<String, List<Concerned>> concernedBy = new HashMap<>();
    private final long fingerprint;

    private PatternLibrary(List<CompiledPattern> patterns) {
        this.patterns = List.copyOf(patterns);
        patterns.forEach(pattern -> byKey.put(pattern.key(), pattern));
        patterns.forEach(pattern -> bySource.put(pattern.source(), pattern));
        patterns.forEach(pattern -> places.put(pattern, places.size()));
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
        return compile(
                definitions.folder(Definitions.PATTERNS).values().stream()
                        .map(PatternSource::of)
                        .toList(),
                PatternContext.of(definitions, catalog, limits),
                null,
                problems,
                warnings);
    }

    /**
     * @param earlier what is in it and did not change is taken over, with its counts; null for
     *     nothing
     */
    public static PatternLibrary compile(
            Collection<PatternSource> sources,
            PatternContext context,
            @Nullable PatternLibrary earlier,
            Problems problems,
            Problems warnings) {
        Map<String, List<Version>> versions = new TreeMap<>();
        VersionReader reader = new VersionReader(context, problems, warnings);
        for (PatternSource source : sources) {
            CompiledPattern known = earlier == null ? null : earlier.bySource.get(source);
            Version version =
                    known == null
                            ? reader.read(source)
                            : new Version(source, known.definition(), known.sequence());
            if (version != null) {
                versions.computeIfAbsent(version.definition().id(), id -> new ArrayList<>())
                        .add(version);
            }
        }
        List<CompiledPattern> patterns = new ArrayList<>();
        for (List<Version> of : versions.values()) {
            of.sort(Comparator.comparing(Version::definition, BY_TIME));
            refuseTwins(of.stream().map(Version::definition).toList(), problems);
            for (Version version : of) {
                if (version.sequence() != null) {
                    patterns.add(inForce(version, of, context.limits(), earlier));
                }
            }
        }
        return new PatternLibrary(patterns);
    }

    /**
     * @param sequence null if it has problems
     */
    private record Version(
            PatternSource source,
            PatternDefinition definition,
            PatternCompiler.@Nullable Sequence sequence) {}

    /** Reads and checks one text after the other. */
    private static final class VersionReader {

        private final PatternRules rules;
        private final PatternCompiler compiler;
        private final Problems problems;

        VersionReader(PatternContext context, Problems problems, Problems warnings) {
            this.rules =
                    new PatternRules(
                            context.catalog(),
                            context.journeys(),
                            context.limits(),
                            problems,
                            warnings);
            this.compiler = new PatternCompiler(context.catalog(), problems);
            this.problems = problems;
        }

        @Nullable Version read(PatternSource source) {
            int before = problems.count();
            PatternDefinition definition =
                    YamlNode.parse(source.file(), source.text(), problems)
                            .filter(root -> problems.count() == before)
                            .flatMap(root -> PatternReader.read(root, problems))
                            .map(read -> read.inForce(source.effectiveFrom(), source.mode()))
                            .orElse(null);
            if (definition == null) {
                return null;
            }
            rules.check(definition);
            boolean sound = problems.count() == before;
            return new Version(source, definition, compiler.compile(definition, sound));
        }
    }

    /** A version is in force until one with a higher number takes over. */
    private static CompiledPattern inForce(
            Version version, List<Version> all, Limits limits, @Nullable PatternLibrary earlier) {
        PatternDefinition definition = version.definition();
        long until =
                all.stream()
                        .map(Version::definition)
                        .filter(other -> other.version() > definition.version())
                        .mapToLong(PatternDefinition::effectiveFrom)
                        .min()
                        .orElse(Long.MAX_VALUE);
        CompiledPattern pattern =
                new CompiledPattern(
                        definition,
                        version.source(),
                        Objects.requireNonNull(version.sequence()),
                        limits,
                        until);
        CompiledPattern before = earlier == null ? null : earlier.get(pattern.key());
        if (before == null) {
            return pattern;
        }
        if (before.source().equals(version.source()) && before.validUntil() == until) {
            return before;
        }
        pattern.continueCosts(before);
        return pattern;
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

    /** By id, then by the time from which a version is in force. */
    public List<CompiledPattern> patterns() {
        return patterns;
    }

    /** The pattern with this {@link CompiledPattern#key}; null if there is none. */
    public @Nullable CompiledPattern get(String key) {
        return byKey.get(key);
    }

    /**
     * A pattern that events of some type may matter to.
     *
     * @param place among all patterns
     */
    public record Concerned(CompiledPattern pattern, int place) {}

    /** The patterns that an event of this type may matter to. */
    public List<Concerned> concernedBy(String eventType) {
        return concernedBy.computeIfAbsent(
                eventType,
                type ->
                        patterns.stream()
                                .filter(pattern -> pattern.reactsTo(type))
                                .map(pattern -> new Concerned(pattern, place(pattern)))
                                .toList());
    }

    /** Where a pattern of this library stands among all, from 0. */
    public int place(CompiledPattern pattern) {
        return Objects.requireNonNull(places.get(pattern));
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

    /** Gives up what {@code next} does not go on with. */
    public void closeExcept(PatternLibrary next) {
        patterns.stream().filter(p -> next.get(p.key()) != p).forEach(CompiledPattern::close);
    }

    @Override
    public void close() {
        patterns.forEach(CompiledPattern::close);
    }
}

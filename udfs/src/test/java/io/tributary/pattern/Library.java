package io.tributary.pattern;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.event.EventCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Compiles pattern files given as text, against a small catalogue. */
final class Library {

    static final String CATALOG =
            """
            events:
              a: &props {properties: {v: integer, w: number, s: string, t: timestamp, flag: boolean, tags: [string],
                                      box: {size: number}, both: integer, cart_id: string}}
              b: *props
              c: *props
              d: {properties: {v: integer, both: string, cart_id: string}}
              x: *props
            """;

    private final TreeMap<String, Definitions.SourceFile> files = new TreeMap<>();
    private Limits limits = Limits.DEFAULT;
    final Problems problems = new Problems();
    final Problems warnings = new Problems();

    static Library of(String... patterns) {
        Library library = new Library();
        library.files.put("events.yaml", new Definitions.SourceFile("events.yaml", CATALOG));
        for (int i = 0; i < patterns.length; i++) {
            String name = "p" + (i + 1) + ".yaml";
            library.files.put("patterns/" + name, new Definitions.SourceFile(name, patterns[i]));
        }
        return library;
    }

    /** A definition named {@code t} whose body is the given lines. */
    static Library withBody(String body) {
        return of(head(1) + body);
    }

    static String head(int version) {
        return "id: t\nversion: " + version + "\nname: T\nseverity: low\n";
    }

    Library with(Limits other) {
        limits = other;
        return this;
    }

    List<CompiledPattern> patterns() {
        Definitions definitions = Definitions.of(files);
        EventCatalog catalog = EventCatalog.read(definitions, problems);
        return PatternLibrary.compile(definitions, catalog, limits, problems, warnings).patterns();
    }

    CompiledPattern pattern() {
        List<CompiledPattern> patterns = patterns();
        problems.throwIfAny();
        return patterns.get(0);
    }

    List<String> complaints() {
        patterns();
        List<String> all = new ArrayList<>();
        problems.sorted().stream().map(Problem::toString).forEach(all::add);
        warnings.sorted().stream().map(p -> "warning: " + p).forEach(all::add);
        return all;
    }
}

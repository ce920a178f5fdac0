package io.tributary.pattern;

import io.tributary.definition.Definitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Random definitions that are accepted, each compiled by itself. */
public final class RandomLibrary {

    private static final String POLICY = "version: 1\nchannels: [web]\n";

    private final List<String> texts = new ArrayList<>();
    private final List<CompiledPattern> patterns = new ArrayList<>();

    /**
     * @param count of definitions
     * @param limits bounds matching
     */
    public RandomLibrary(Random random, int count, Limits limits) {
        while (patterns.size() < count) {
            String text = new RandomDefinition(random, "t" + patterns.size()).text();
            Library library = Library.of(text).with(limits);
            List<CompiledPattern> compiled = library.patterns();
            if (library.problems.isEmpty()) {
                texts.add(text);
                patterns.add(compiled.get(0));
            }
        }
    }

    public List<CompiledPattern> patterns() {
        return patterns;
    }

    /** What an operator is made from. */
    public Definitions definitions() {
        TreeMap<String, Definitions.SourceFile> files = new TreeMap<>();
        put(files, "events.yaml", Library.CATALOG);
        put(files, "policy.yaml", POLICY);
        for (int i = 0; i < texts.size(); i++) {
            put(files, "patterns/t" + i + ".yaml", texts.get(i));
        }
        return Definitions.of(files);
    }

    private static void put(
            TreeMap<String, Definitions.SourceFile> files, String path, String text) {
        files.put(path, new Definitions.SourceFile(path, text));
    }

    @Override
    public String toString() {
        return String.join("\n---\n", texts);
    }
}

package io.tributary.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong, so that one run of {@code check} names every problem and not only the
 * first.
 */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    public void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    public void add(YamlNode at, String message) {
        add(at.problem(message));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public int count() {
        return found.size();
    }

    /** Sorted by file, line and column. */
    public List<Problem> sorted() {
        return found.stream().sorted().toList();
    }

    /**
     * @throws DefinitionException if anything was found
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new DefinitionException(sorted());
        }
    }
}

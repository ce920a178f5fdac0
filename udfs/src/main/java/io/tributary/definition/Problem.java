package io.tributary.definition;

import java.util.Comparator;

/**
 * One thing wrong in a definition.
 *
 * @param file path as the user named it
 * @param line first line is 1
 * @param column first column is 1
 * @param message what is wrong and, where it is known, what would be right
 */
public record Problem(String file, int line, int column, String message)
        implements Comparable<Problem> {

    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparing(Problem::file)
                    .thenComparingInt(Problem::line)
                    .thenComparingInt(Problem::column)
                    .thenComparing(Problem::message);

    @Override
    public int compareTo(Problem other) {
        return BY_PLACE.compare(this, other);
    }

    /** {@code file:line:column: message}, the form that {@code ./tributary check} prints. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}

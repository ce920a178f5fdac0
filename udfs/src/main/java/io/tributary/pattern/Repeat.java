package io.tributary.pattern;

/**
 * How often a step happens.
 *
 * @param min at least 1
 * @param max at least {@code min}; {@link #UNBOUNDED} for a loop
 * @param optional the step may also be left out
 * @param greedy a loop takes as many events as it can before the next step starts
 * @param allowCombinations a loop may leave out events that would fit
 * @param consecutive the events of a loop follow each other directly
 */
public record Repeat(
        int min,
        int max,
        boolean optional,
        boolean greedy,
        boolean allowCombinations,
        boolean consecutive) {

    public static final int UNBOUNDED = Integer.MAX_VALUE;
    public static final Repeat ONCE = new Repeat(1, 1, false, false, false, false);

    /** Whether more than one event may be taken, so that conditions see a list. */
    public boolean isLooping() {
        return max > 1;
    }

    public boolean isUnbounded() {
        return max == UNBOUNDED;
    }

    /** Whether events of other types cannot change what the step takes. */
    boolean isPlain() {
        return min == max && !optional && !greedy && !allowCombinations && !consecutive;
    }
}

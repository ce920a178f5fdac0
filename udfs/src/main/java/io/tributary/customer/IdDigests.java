package io.tributary.customer;

import java.util.Arrays;

/**
 * Which event ids a log has seen, 4 bytes each: a digest that is not here is certainly new; one
 * that is here has to be looked up in the log.
 */
final class IdDigests {

    private int[] sorted;
    private int size;

    /**
     * @param sorted as {@link #toArray} gave it
     */
    IdDigests(int[] sorted) {
        this.sorted = sorted;
        this.size = sorted.length;
    }

    int size() {
        return size;
    }

    /** Whether the log may have seen this id; false is certain. */
    boolean contains(String id) {
        return Arrays.binarySearch(sorted, 0, size, id.hashCode()) >= 0;
    }

    /**
     * @return whether it was not there
     */
    boolean add(String id) {
        int digest = id.hashCode();
        int at = Arrays.binarySearch(sorted, 0, size, digest);
        if (at >= 0) {
            return false;
        }
        int place = -at - 1;
        if (size == sorted.length) {
            sorted = Arrays.copyOf(sorted, Math.max(8, size + size / 2));
        }
        System.arraycopy(sorted, place, sorted, place + 1, size - place);
        sorted[place] = digest;
        size++;
        return true;
    }

    void clear() {
        size = 0;
    }

    int[] toArray() {
        return Arrays.copyOf(sorted, size);
    }
}

package io.tributary.local.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What happens in one visit or one matter, from {@code scripts.yaml}.
 *
 * @param lane scripts of one lane never overlap within one customer
 * @param laneUntil index of the step up to which the lane is taken; if it is the last one, the lane
 *     is taken until the last detection
 * @param weight how often it is chosen, relative to the others
 * @param pains pain points that it holds; empty for a good visit
 * @param misses ids of definitions that it comes near to and that must not find it
 */
record Script(
        String name,
        String lane,
        int laneUntil,
        int weight,
        List<Step> steps,
        List<Pain> pains,
        List<String> misses) {

    /** Who the channel knows at a step. */
    enum As {
        /** Only the device is known. */
        ANONYMOUS,
        /** The account, and the device if the channel has one. */
        USER
    }

    /** The Segment call that carries a step. */
    enum Call {
        TRACK,
        PAGE,
        SCREEN,
        IDENTIFY
    }

    /**
     * One event.
     *
     * @param label unique within the script
     * @param name event, page or screen name; empty for identify
     * @param least shortest time after the previous step, milliseconds
     * @param most longest time after the previous step, milliseconds
     * @param properties values; a text that starts with {@code $} names a {@link SessionValues}
     *     variable
     */
    record Step(
            String label,
            Call call,
            String name,
            String channel,
            As as,
            long least,
            long most,
            Map<String, JsonNode> properties) {}

    /**
     * A pain point that the script holds.
     *
     * @param pattern definition id
     * @param step index of the step that completes it or starts its deadline
     * @param after time from that step to its detection, milliseconds
     */
    record Pain(String pattern, int step, long after) {}

    /** Whether it is there for the sake of a definition. */
    boolean isPlanted() {
        return !pains.isEmpty() || !misses.isEmpty();
    }

    /** Longest time from the first step to the last step or detection, milliseconds. */
    long longest() {
        long end = 0;
        long longest = 0;
        for (int i = 0; i < steps.size(); i++) {
            end += steps.get(i).most();
            longest = Math.max(longest, end);
            for (Pain pain : pains) {
                if (pain.step() == i) {
                    longest = Math.max(longest, end + pain.after());
                }
            }
        }
        return longest;
    }
}

package io.tributary.metric;

import io.tributary.event.CustomerEvent;
import java.util.Map;

/** Which metrics there are, and the dimensions of each. */
public final class Deltas {

    public static final String EVENTS = "events";
    public static final String REJECTED = "rejected";
    public static final String LATE = "late";
    public static final String PAIN_POINTS = "pain_points";
    public static final String DECISIONS = "decisions";
    public static final String STAGE_ENTRIES = "stage_entries";
    public static final String STAGE_EXITS = "stage_exits";

    private Deltas() {}

    /**
     * An event of a customer, at its own time.
     *
     * @param sign -1 to take back one that is theirs no longer
     */
    public static MetricDelta event(CustomerEvent event, int sign) {
        return MetricDelta.count(
                EVENTS,
                event.time(),
                Map.of(
                        "channel", event.channel(),
                        "type", event.type(),
                        "source", event.source()),
                sign);
    }

    /**
     * A record that was refused.
     *
     * @param receivedTime epoch milliseconds; below 0 if it is not known
     */
    public static MetricDelta rejected(String source, String reason, long receivedTime) {
        return MetricDelta.count(
                REJECTED, receivedTime, Map.of("source", source, "reason", reason), 1);
    }

    /**
     * An event that came too late to be looked at. It is counted when it came: the window of its
     * own time is closed for good.
     *
     * @param receivedTime epoch milliseconds
     */
    public static MetricDelta late(String source, long receivedTime) {
        return MetricDelta.count(LATE, receivedTime, Map.of("source", source), 1);
    }

    /**
     * @param enteredAt epoch milliseconds
     * @param sign -1 to take back an entry that did not happen
     */
    public static MetricDelta stageEntry(String journey, String stage, long enteredAt, int sign) {
        return MetricDelta.count(STAGE_ENTRIES, enteredAt, stage(journey, stage), sign);
    }

    /**
     * @param leftAt epoch milliseconds
     * @param sign -1 to take back an exit that did not happen
     */
    public static MetricDelta stageExit(String journey, String stage, long leftAt, int sign) {
        return MetricDelta.count(STAGE_EXITS, leftAt, stage(journey, stage), sign);
    }

    private static Map<String, String> stage(String journey, String stage) {
        return Map.of("journey", journey, "stage", stage);
    }
}

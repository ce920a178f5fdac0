package io.tributary.local.traffic;

import io.tributary.local.traffic.Traffic.Settings;
import java.util.List;

/** Invented events for those who measure: a week of traffic, as {@code generate} writes it. */
public final class InventedEvents {

    private static final long START = 1_772_323_200_000L; // 2026-03-01T00:00:00.000Z
    private static final int DAYS = 7;

    private InventedEvents() {}

    /** One Segment JSON object each, UTF-8, in order of arrival. */
    public static List<byte[]> inOrder(int customers, int events, long seed) {
        Settings settings = new Settings(customers, events, seed, START, DAYS, 0);
        EventWriter writer = new EventWriter(seed);
        return TrafficPlanner.plan(settings, ScriptReader.builtIn()).occurrences().stream()
                .map(writer::write)
                .toList();
    }
}

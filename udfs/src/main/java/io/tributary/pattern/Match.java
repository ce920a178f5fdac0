package io.tributary.pattern;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One pain point found in one customer's log.
 *
 * @param id first 128 bits of SHA-256, 32 hex digits, over the length-prefixed pattern id and, in
 *     definition order, step names and event ids; neither version nor customer is part of it
 * @param pattern definition id
 * @param version definition version that was valid at the first event
 * @param detectedAt event time of the event that completed it, or the deadline of the absence
 * @param start time of the first event
 * @param end time of the last event, or the deadline of the absence
 * @param events step name to event ids, steps in definition order, ids in log order
 */
public record Match(
        String id,
        String pattern,
        int version,
        long detectedAt,
        long start,
        long end,
        @TypeInfo(StepEventsTypeInfo.class) Map<String, List<String>> events) {}

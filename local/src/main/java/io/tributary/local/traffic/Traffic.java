package io.tributary.local.traffic;

import io.tributary.local.traffic.Script.Step;
import java.util.List;

/**
 * What happened, planned in full before anything is written.
 *
 * @param occurrences events in order of arrival
 * @param truths planted pain points in order of time
 */
record Traffic(List<Occurrence> occurrences, List<Truth> truths) {

    /**
     * What to plan.
     *
     * @param customers at least 1
     * @param events exact number of events
     * @param start epoch milliseconds
     * @param days length of the period; everything happens within it
     * @param outOfOrder share of the events, 0 to 1, that arrive up to an hour late
     */
    record Settings(int customers, int events, long seed, long start, int days, double outOfOrder) {

        long span() {
            return days * 86_400_000L;
        }
    }

    /**
     * One run of a script by one customer.
     *
     * @param number unique within the file
     */
    record Session(Person person, Script script, long number, SessionValues values) {}

    /**
     * One event.
     *
     * @param stepIndex in the session's script
     * @param time when it happened, epoch milliseconds
     * @param arrival when it was received, epoch milliseconds
     */
    record Occurrence(Session session, int stepIndex, long time, long arrival) {

        Step step() {
            return session.script().steps().get(stepIndex);
        }
    }

    /**
     * A pain point that was planted.
     *
     * @param time when it is to be detected, epoch milliseconds
     */
    record Truth(String pattern, String customer, long time) {}
}

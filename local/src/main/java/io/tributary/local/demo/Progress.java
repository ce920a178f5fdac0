package io.tributary.local.demo;

import io.tributary.event.EventTime;
import io.tributary.job.connectors.Output;
import java.time.Duration;

/**
 * How far a demo is.
 *
 * @param running since the first event was sent
 * @param sent events
 * @param planned events
 * @param trafficTime what the replay clock shows, epoch milliseconds
 * @param lag records that Kafka holds and the index has not confirmed
 */
record Progress(
        Duration running,
        int sent,
        int planned,
        long trafficTime,
        int painPoints,
        int decisions,
        long offered,
        long lag) {

    private static final int TO_THE_MINUTE = 16;

    static Progress of(
            Duration running, Replayer replayer, long trafficTime, Documents documents, long lag) {
        return new Progress(
                running,
                replayer.sent(),
                replayer.planned(),
                trafficTime,
                (int) documents.count(Output.PAIN_POINTS, "detected"),
                documents.count(Output.INTERVENTIONS),
                documents.count(Output.INTERVENTIONS, "offered"),
                lag);
    }

    /** One line. */
    String text() {
        return String.format(
                "%02d:%02d  it is %s  events %,d of %,d  pain points %,d"
                        + "  interventions %,d of %,d  index lag %,d",
                running.toMinutes(),
                running.toSecondsPart(),
                EventTime.format(trafficTime).substring(0, TO_THE_MINUTE).replace('T', ' '),
                sent,
                planned,
                painPoints,
                offered,
                decisions,
                lag);
    }
}

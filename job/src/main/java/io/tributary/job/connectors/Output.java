package io.tributary.job.connectors;

/** What the journey job writes; one Kafka topic each, named prefix + {@link #topic()}. */
public enum Output {
    PAIN_POINTS("pain-points", "io.tributary.pain_point.v1"),
    INTERVENTIONS("interventions", "io.tributary.intervention.v1"),
    METRICS("metrics", "io.tributary.metric.v1"),
    CUSTOMERS("customers", "io.tributary.customer.v1"),
    RECEIPTS("receipts", "io.tributary.receipt.v1"),
    REJECTED("rejected", ""),
    LATE("late", "");

    private final String topic;
    private final String eventType;

    Output(String topic, String eventType) {
        this.topic = topic;
        this.eventType = eventType;
    }

    /** Topic name without the configured prefix; also the stem of a backtest's file. */
    public String topic() {
        return topic;
    }

    /** The CloudEvents type of its records; empty for those that carry a payload byte for byte. */
    public String eventType() {
        return eventType;
    }
}

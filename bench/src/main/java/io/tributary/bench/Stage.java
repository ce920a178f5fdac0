package io.tributary.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a pipeline in this JVM spends CPU time. */
enum Stage {
    /** Kafka's consumers and Flink's sources: fetch, decompress, hand over. */
    READ,
    /** Bytes to events. */
    INGEST,
    IDENTITY,
    /** Log, definitions, journeys, decisions; reading and writing their state. */
    CUSTOMER,
    LEDGER,
    METRIC,
    /** Documents as JSON, Kafka's producers. */
    SINKS,
    /** Records between operators: serialised, copied, handed over. */
    NETWORK,
    /** The whole of IndexJob. */
    INDEX,
    /** Collecting garbage. This and the next two are threads of their own, where Linux tells. */
    GC,
    /** Flushes and compactions. What reads and writes state wait for is with their stage. */
    ROCKSDB,
    /** Java's just-in-time compiler; less the longer it runs. */
    COMPILER,
    /** Everything else: checkpoints being uploaded, coordination. */
    BACKGROUND,
    /** The benchmark itself; not part of what is measured. */
    BENCH;

    private record Rule(String prefix, Stage stage) {}

    /** Kafka names the threads of its clients after their client id. */
    static final String BENCH_THREAD = "tributary-bench";

    private static final List<Rule> THREADS =
            List.of(
                    new Rule("main", BENCH),
                    new Rule(BENCH_THREAD, BENCH),
                    new Rule("kafka-producer-network-thread | " + BENCH_THREAD, BENCH),
                    new Rule("Source: index-read", INDEX),
                    new Rule("Source Data Fetcher for Source: index-read", INDEX),
                    new Rule("HttpClient-", INDEX),
                    new Rule("kafka-producer-network-thread", SINKS),
                    new Rule("Source Data Fetcher", READ),
                    new Rule("OutputFlusher", NETWORK));

    /** Of the frame next to the top that one of them fits. */
    private static final List<Rule> FRAMES =
            List.of(
                    new Rule("io.tributary.ingest.", INGEST),
                    new Rule("io.tributary.identity.", IDENTITY),
                    new Rule("io.tributary.customer.", CUSTOMER),
                    new Rule("io.tributary.pattern.", CUSTOMER),
                    new Rule("io.tributary.journey.", CUSTOMER),
                    new Rule("io.tributary.intervention.", CUSTOMER),
                    new Rule("io.tributary.ledger.", LEDGER),
                    new Rule("io.tributary.metric.", METRIC),
                    new Rule("io.tributary.job.Documents", SINKS),
                    new Rule("io.tributary.job.connectors.Output", SINKS),
                    new Rule("org.apache.flink.connector.kafka.sink.", SINKS),
                    new Rule("org.apache.kafka.clients.producer.", SINKS),
                    new Rule("org.apache.flink.connector.kafka.source.", READ),
                    new Rule("org.apache.flink.connector.base.source.", READ),
                    new Rule("org.apache.kafka.clients.consumer.", READ),
                    new Rule("org.apache.flink.runtime.io.network.", NETWORK),
                    new Rule(
                            "org.apache.flink.streaming.runtime.tasks.CopyingChainingOutput",
                            NETWORK));

    /** Flink names a task's thread after its first operator. */
    private static final List<Rule> TASKS =
            List.of(
                    new Rule("Source: ingest-", READ),
                    new Rule("ingest ", INGEST),
                    new Rule("identity", IDENTITY),
                    new Rule("customer", CUSTOMER),
                    new Rule("ledger", LEDGER),
                    new Rule("metric", METRIC),
                    new Rule("sink-", SINKS));

    /** Such as {@code gc}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whose work a thread is doing.
     *
     * @param stack the top comes first
     */
    static Stage of(String thread, StackTraceElement[] stack) {
        Stage known = find(THREADS, thread);
        if (known != null) {
            return known;
        }
        for (StackTraceElement frame : stack) {
            Stage stage = find(FRAMES, frame.getClassName());
            if (stage != null) {
                return stage;
            }
        }
        Stage task = find(TASKS, thread);
        return task == null ? BACKGROUND : task;
    }

    private static @Nullable Stage find(List<Rule> rules, String name) {
        for (Rule rule : rules) {
            if (name.startsWith(rule.prefix())) {
                return rule.stage();
            }
        }
        return null;
    }
}

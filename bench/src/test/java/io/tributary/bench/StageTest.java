package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StageTest {

    private static final String TASK = "customer -> (count events, coalesce) (1/1)#0";

    private static Stage of(String thread, String... classes) {
        StackTraceElement[] stack = new StackTraceElement[classes.length];
        for (int i = 0; i < classes.length; i++) {
            stack[i] = new StackTraceElement(classes[i], "method", null, -1);
        }
        return Stage.of(thread, stack);
    }

    @Test
    void theFrameNextToTheTopThatIsKnownDecides() {
        assertThat(
                        of(
                                TASK,
                                "java.util.HashMap",
                                "io.tributary.metric.MetricBuffer",
                                "org.apache.flink.streaming.runtime.tasks.ChainingOutput",
                                "io.tributary.customer.CustomerOperator"))
                .isEqualTo(Stage.METRIC);
        assertThat(
                        of(
                                TASK,
                                "io.tributary.event.CustomerEventSerializer",
                                "org.apache.flink.runtime.io.network.api.writer.RecordWriter",
                                "io.tributary.customer.CustomerOperator"))
                .isEqualTo(Stage.NETWORK);
    }

    @Test
    void whereNoFrameIsKnownTheTaskDecides() {
        assertThat(of(TASK, "org.rocksdb.RocksDB")).isEqualTo(Stage.CUSTOMER);
        assertThat(of("Source: ingest-web (1/1)#0", "java.lang.Object")).isEqualTo(Stage.READ);
        assertThat(of("jobmanager-io-thread-1", "java.lang.Object")).isEqualTo(Stage.BACKGROUND);
    }

    @Test
    void indexJobAndTheBenchmarkAreKnownByTheirThreads() {
        assertThat(of("Source: index-read -> sink-index: Writer (1/1)#0", "io.tributary.ingest.X"))
                .isEqualTo(Stage.INDEX);
        assertThat(of("kafka-producer-network-thread | " + Stage.BENCH_THREAD, "java.lang.Object"))
                .isEqualTo(Stage.BENCH);
        assertThat(of("kafka-producer-network-thread | producer-1", "java.lang.Object"))
                .isEqualTo(Stage.SINKS);
    }
}

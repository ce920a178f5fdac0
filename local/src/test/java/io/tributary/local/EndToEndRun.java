package io.tributary.local;

import io.tributary.job.JourneyJob;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.connectors.Output;
import io.tributary.job.index.IndexPipeline;
import io.tributary.local.process.ElasticsearchProcess;
import io.tributary.local.process.KafkaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Both jobs with everything real around them, once from beginning to end:
 *
 * <pre>
 *   traffic with poison in it ─► a TaskManager is lost in the middle ─► all is done   {@link #first}
 *   IndexJob starts, the same traffic again ─► all is done and indexed                {@link #again}
 *   Elasticsearch goes for two minutes, new traffic comes ─► it is back, all is done  {@link #last}
 * </pre>
 *
 * <p>The wall clock moves no watermark: a quiet partition waits for the heartbeats of {@link
 * InventedTraffic}. So the outcome depends on the traffic alone.
 */
final class EndToEndRun implements AutoCloseable {

    static final int CUSTOMERS = 1_000;
    static final int EVENTS = 20_000;
    static final Duration OUTAGE = Duration.ofSeconds(120);

    private static final int EVENTS_IN_THE_OUTAGE = 3_000;
    private static final int PIECES = 10;
    private static final int PIECES_BEFORE_THE_LOSS = 4;
    private static final int OVERSIZED = 2;
    private static final int ENOUGH_UNCOMMITTED = 50;
    private static final Duration A_PIECE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** That of {@code IdentifierSecret.publishedTestKey}, which backtests use by default. */
    private static final String PUBLISHED_TEST_KEY =
            "tributary published test key: protects nothing, never use it for real customers";

    private final Path folder;
    private final ElasticsearchProcess elasticsearch;
    private final JobConfig config;
    private final Topics topics;
    private final Transactions outputs;
    private final InputTopics inputs;
    private final Cluster cluster;
    private final Index index;
    private final InventedTraffic traffic;
    private final InventedTraffic later;
    private final List<Rejection> rejections = new ArrayList<>();
    private JobID journeyJob = new JobID();
    private JobID indexJob = new JobID();
    private long completedWhenOpen = -1;

    Committed first;
    Committed again;
    Map<Output, Map<String, String>> indexed;
    Committed last;
    Map<Output, Map<String, String>> indexedLast;
    Backtested expectedFirst;
    Backtested expectedLast;
    long goneAt;
    long backAt;
    int losses;

    /** Number of records that the last loss took with it: written, and never committed. */
    int uncommittedAtTheLoss;

    /** Number of committed decisions that a reader saw after each piece during the outage. */
    final List<Integer> decisionsSeen = new ArrayList<>();

    EndToEndRun(KafkaProcess kafka, ElasticsearchProcess elasticsearch, Path folder)
            throws Exception {
        this.folder = folder;
        this.elasticsearch = elasticsearch;
        Path secret = Files.writeString(folder.resolve("secret"), PUBLISHED_TEST_KEY);
        config =
                Jobs.config(
                        kafka,
                        "end-to-end",
                        Map.of(
                                "definitions.dir", "../definitions",
                                "secret.file", secret.toString(),
                                "checkpoint.interval", "1500 ms",
                                "watermark.quiet", "1 h",
                                "elasticsearch.urls", elasticsearch.url(),
                                "elasticsearch.index.prefix", "end-to-end-tributary-",
                                "elasticsearch.backoff.max", "2 s"));
        topics = new Topics(config);
        outputs = new Transactions(config);
        inputs = new InputTopics(config);
        index = new Index(elasticsearch.url());
        Configuration flink = Jobs.flink();
        flink.set(PipelineOptions.MAX_PARALLELISM, OperatorIds.MAX_PARALLELISM);
        cluster = new Cluster(flink, folder);
        traffic = traffic(CUSTOMERS, EVENTS, 1, Jobs.MARCH, PIECES);
        later = traffic(CUSTOMERS, EVENTS_IN_THE_OUTAGE, 2, traffic.end(), PIECES);
    }

    private InventedTraffic traffic(int customers, int events, long seed, long start, int pieces)
            throws Exception {
        return new InventedTraffic(
                folder, customers, events, seed, start, pieces, InputTopics.PARTITIONS);
    }

    void run() throws Exception {
        StreamExecutionEnvironment journey = environment(Cluster.SLOTS_OF_A_TASK_MANAGER);
        JourneyJob.build(journey, config);
        journeyJob = cluster.submit(journey);
        feedAndLoseATaskManager();
        awaitAllDone();
        first = new Committed(topics);

        StreamExecutionEnvironment projection = environment(1);
        IndexPipeline.build(projection, config);
        cluster.addTaskManager();
        indexJob = cluster.submit(projection);
        traffic.pieces().forEach(inputs::send);
        awaitAllDone();
        again = new Committed(topics);
        awaitIndexed();
        indexed = indexed();

        outage();
        awaitAllDone();
        last = new Committed(topics);
        awaitIndexed();
        indexedLast = indexed();
    }

    /** As the jobs' main methods make theirs, with a quick restart. */
    private StreamExecutionEnvironment environment(int parallelism) {
        Configuration flink = Jobs.flink();
        flink.set(PipelineOptions.MAX_PARALLELISM, OperatorIds.MAX_PARALLELISM);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(parallelism);
        return env;
    }

    /**
     * The loss comes in the midst of a piece: part of its output is written and not committed. A
     * piece may be over too quickly, or a checkpoint complete just before the loss: then the next
     * piece is tried.
     */
    private void feedAndLoseATaskManager() throws Exception {
        for (int i = 0; i < PIECES; i++) {
            List<Poison> poisons = new ArrayList<>(Poison.corpus(i));
            if (i % (PIECES / OVERSIZED) == 1) {
                poisons.add(Poison.oversize(i));
            }
            rejections.addAll(inputs.poison(poisons));
            inputs.send(traffic.pieces().get(i));
            if (i == PIECES_BEFORE_THE_LOSS - 1) {
                require("the first pieces to be done", () -> inputs.read() == inputs.sent());
                cluster.addTaskManager();
            } else if (i >= PIECES_BEFORE_THE_LOSS && uncommittedAtTheLoss == 0) {
                if (Eventually.ask(this::isBetweenCheckpoints, yes -> yes, A_PIECE)) {
                    loseATaskManager();
                }
            }
        }
        if (uncommittedAtTheLoss == 0) {
            throw new IllegalStateException("no moment with output between two checkpoints");
        }
    }

    private void loseATaskManager() throws Exception {
        cluster.loseOldestTaskManager();
        losses++;
        awaitAllDone();
        uncommittedAtTheLoss = written() - committed();
        if (uncommittedAtTheLoss == 0) {
            cluster.addTaskManager();
        }
    }

    private int written() {
        return Committed.DOCUMENTS.stream().mapToInt(o -> topics.written(o.topic()).size()).sum();
    }

    private int committed() {
        return Committed.DOCUMENTS.stream().mapToInt(o -> topics.committed(o.topic()).size()).sum();
    }

    /** Twice in a row, so that what a completed checkpoint is just committing does not count. */
    private boolean isBetweenCheckpoints() throws Exception {
        long completed = cluster.checkpoints(journeyJob).getNumberOfCompletedCheckpoints();
        boolean open = outputs.uncommitted(Output.CUSTOMERS.topic()) > ENOUGH_UNCOMMITTED;
        boolean twice = open && completed == completedWhenOpen;
        completedWhenOpen = open ? completed : -1;
        return twice;
    }

    /** New traffic, a piece every now and then, while Elasticsearch is not there. */
    private void outage() throws Exception {
        elasticsearch.stop();
        goneAt = System.currentTimeMillis();
        long gone = System.nanoTime();
        for (int i = 0; i < PIECES; i++) {
            inputs.send(later.pieces().get(i));
            if (i == 0) {
                backtest();
            }
            long next = gone + OUTAGE.toNanos() * (i + 1) / PIECES;
            require("the time of the next piece", () -> System.nanoTime() >= next);
            decisionsSeen.add(topics.committed(Output.INTERVENTIONS.topic()).size());
        }
        backAt = System.currentTimeMillis();
        elasticsearch.start();
    }

    private void backtest() throws Exception {
        Path one = traffic.write(folder.resolve("one.ndjson"));
        Path two = later.write(folder.resolve("two.ndjson"));
        expectedFirst = Backtested.of(folder.resolve("backtest-one"), one);
        expectedLast = Backtested.of(folder.resolve("backtest-both"), one, two);
    }

    /**
     * Everything sent was read before a checkpoint, and three more have come since: time for a
     * watermark to follow the last heartbeat, for what it fires, and for that to be committed.
     */
    private void awaitAllDone() throws Exception {
        require("the job to read all", () -> inputs.read() == inputs.sent());
        long completed = cluster.checkpoints(journeyJob).getNumberOfCompletedCheckpoints();
        require(
                "three more checkpoints",
                () ->
                        cluster.checkpoints(journeyJob).getNumberOfCompletedCheckpoints()
                                >= completed + 3);
    }

    /** The group's offsets are committed with a checkpoint, before which all was written. */
    private void awaitIndexed() throws Exception {
        List<String> documents = Committed.DOCUMENTS.stream().map(Output::topic).toList();
        require("the index to read all", () -> topics.isRead(documents, "end-to-end-index"));
    }

    private Map<Output, Map<String, String>> indexed() throws Exception {
        Map<Output, Map<String, String>> all = new EnumMap<>(Output.class);
        for (Output output : Committed.DOCUMENTS) {
            all.put(
                    output,
                    index.documents("end-to-end-tributary-" + output.topic()).entrySet().stream()
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey,
                                            document ->
                                                    document.getValue().version()
                                                            + " "
                                                            + document.getValue().source())));
        }
        return all;
    }

    private static void require(String what, Callable<Boolean> condition) throws Exception {
        if (!Eventually.ask(condition, done -> done, PATIENCE)) {
            throw new IllegalStateException("waited in vain for " + what);
        }
    }

    List<Rejection> expectedRejections() {
        return rejections;
    }

    List<Rejection> rejected() {
        return topics.committed(Output.REJECTED.topic()).stream().map(Rejection::of).toList();
    }

    Topics topics() {
        return topics;
    }

    int restartsOfJourneyJob() throws Exception {
        return cluster.restarts(journeyJob);
    }

    int restartsOfIndexJob() throws Exception {
        return cluster.restarts(indexJob);
    }

    @Override
    public void close() throws Exception {
        cluster.close();
        inputs.close();
        outputs.close();
    }
}

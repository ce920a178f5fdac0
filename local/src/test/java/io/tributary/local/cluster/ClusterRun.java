package io.tributary.local.cluster;

import io.tributary.job.config.JobConfig;
import io.tributary.local.Eventually;
import io.tributary.local.process.ElasticsearchProcess;
import io.tributary.local.process.Folders;
import io.tributary.local.process.Jit;
import io.tributary.local.process.KafkaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * A cluster's life, once from beginning to end:
 *
 * <pre>
 *   submit ─► traffic ─► kill -9 of the TaskManager under load, another one starts
 *          ─► upgrades that are refused ─► under load again: upgrade to one more pattern
 *          ─► an upgrade that changes nothing, by a native savepoint
 *          ─► the rest of the traffic, in which matches of that pattern end ─► all is done
 * </pre>
 */
final class ClusterRun implements AutoCloseable {

    static final String NEW_PATTERN = "order-regretted";

    private static final int CUSTOMERS = 400;
    private static final int EVENTS = 8_000;
    private static final int PIECES = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path DEFINITIONS = Path.of("../definitions");
    private static final Path DEPLOY = Path.of("../deploy");
    private static final Path LIBRARIES = Path.of("target/lib");

    /** That of {@code IdentifierSecret.publishedTestKey}, which backtests use by default. */
    private static final String PUBLISHED_TEST_KEY =
            "tributary published test key: protects nothing, never use it for real customers";

    private static final String TWO_SOURCES =
            """
            sources:
              - {name: all, mode: live, channel: web, topics: [cluster.events]}
              - {name: imports, mode: batch, channel: crm, topics: [cluster.imports]}
              - {name: files, mode: live, channel: web}
            """;

    private static final String REGRET =
            """
            id: order-regretted
            version: 1
            name: Order is to go back
            severity: medium
            per: event.properties.order_id
            sequence:
              - {as: order, on: order_completed}
              - {as: regret, followedBy: return_requested}
            within: 10d
            """;

    private final Path folder;
    private final ClusterTraffic traffic;
    private final ClusterTopics topics;
    private final FlinkCluster flink;
    private final FlinkRest rest;
    private final List<String> jobOptions;

    Outcome submitted;
    Outcome submittedAgain;
    Outcome upgradedToFewerSources;
    Outcome upgradedToBadDefinitions;
    Outcome upgradedWithoutSecret;
    Outcome upgraded;
    Outcome upgradedNatively;
    String jobBeforeTheUpgrade;
    String stateAfterRefusals;
    long unreadAtTheLoss;
    String failure;
    Findings found;
    Findings expected;

    ClusterRun(KafkaProcess kafka, ElasticsearchProcess elasticsearch, Path folder)
            throws Exception {
        this.folder = folder;
        traffic = new ClusterTraffic(folder, CUSTOMERS, EVENTS, PIECES);
        Map<String, String> options = new TreeMap<>();
        options.put("kafka.bootstrap.servers", kafka.bootstrap());
        options.put("kafka.group.id", "cluster");
        options.put("kafka.transactional-id-prefix", "cluster");
        options.put("topics.prefix", "cluster-tributary-");
        options.put("checkpoint.interval", "1 s");
        // the wall clock moves no watermark: the outcome depends on the traffic alone
        options.put("watermark.quiet", "1 h");
        options.put("elasticsearch.urls", elasticsearch.url());
        options.put("elasticsearch.index.prefix", "cluster-tributary-");
        topics = new ClusterTopics(JobConfig.of(options));
        jobOptions = new ArrayList<>(List.of("--"));
        options.forEach((key, value) -> jobOptions.addAll(List.of("--" + key, value)));
        flink =
                FlinkCluster.start(
                        DEPLOY,
                        LIBRARIES,
                        Map.of(
                                "web.refresh-interval", "200",
                                "restart-strategy.exponential-delay.max-backoff", "2 s"),
                        Map.of(JobConfig.SECRET_VARIABLE, PUBLISHED_TEST_KEY),
                        Jit.QUICK);
        rest = new FlinkRest(flink.url());
    }

    void run() throws Exception {
        Path before = definitions("before", TWO_SOURCES);
        flink.startTaskManager();
        require("a TaskManager", () -> rest.freeSlots() > 0);
        submitted = submit(before, "--parallelism=2");
        submittedAgain = submit(before);
        topics.send(traffic.piece(0));
        topics.send(traffic.piece(1));
        require("the first pieces to be read", () -> topics.read() == topics.sent());
        loseTheTaskManager();
        refusedUpgrades();
        topics.send(traffic.piece(3));
        Path after = definitions("after", TWO_SOURCES);
        Files.writeString(after.resolve("patterns/order-regretted.yaml"), REGRET);
        upgraded = upgrade(after, jobOptions);
        topics.send(traffic.piece(4));
        List<String> nativeFormat = new ArrayList<>(List.of("--only=journey", "--format=native"));
        nativeFormat.addAll(jobOptions);
        upgradedNatively = upgrade(after, nativeFormat);
        topics.send(traffic.piece(5));
        expected =
                Findings.ofBacktest(
                        after,
                        traffic.write(folder.resolve("events.ndjson")),
                        folder.resolve("backtest"));
        require("the last pieces to be read", () -> topics.read() == topics.sent());
        found = Eventually.ask(() -> Findings.of(topics), expected::equals, PATIENCE);
    }

    private void loseTheTaskManager() throws Exception {
        String job = journeyJob();
        topics.send(traffic.piece(2));
        flink.killTaskManager();
        unreadAtTheLoss = topics.sent() - topics.read();
        flink.startTaskManager();
        failure = Eventually.ask(() -> rest.failure(job), Objects::nonNull, PATIENCE);
        require("the lost piece to be read", () -> topics.read() == topics.sent());
    }

    private void refusedUpgrades() throws Exception {
        jobBeforeTheUpgrade = journeyJob();
        Path fewer =
                definitions(
                        "fewer-sources",
                        TWO_SOURCES
                                .lines()
                                .filter(line -> !line.contains("imports"))
                                .reduce("", (text, line) -> text + line + "\n"));
        upgradedToFewerSources = upgrade(fewer, jobOptions);
        Path bad = definitions("bad", TWO_SOURCES);
        Files.writeString(
                bad.resolve("patterns/order-regretted.yaml"),
                REGRET.replace("return_requested", "return_reqested"));
        upgradedToBadDefinitions = upgrade(bad, jobOptions);
        List<String> other = new ArrayList<>(jobOptions);
        other.addAll(List.of("--secret.file", "/there/is/none"));
        upgradedWithoutSecret = upgrade(definitions("before", TWO_SOURCES), other);
        stateAfterRefusals = rest.job(jobBeforeTheUpgrade).path("state").asText();
    }

    private Outcome submit(Path definitions, String... more) {
        List<String> arguments = arguments(definitions);
        arguments.addAll(List.of(more));
        arguments.addAll(jobOptions);
        return Outcome.of(new CommandLine(new SubmitCommand()), arguments);
    }

    private Outcome upgrade(Path definitions, List<String> options) {
        List<String> arguments = arguments(definitions);
        arguments.addAll(options);
        return Outcome.of(UpgradeCommand.commandLine(), arguments);
    }

    private List<String> arguments(Path definitions) {
        return new ArrayList<>(
                List.of("--flink=" + flink.url(), "--definitions=" + definitions, "--wait=90s"));
    }

    /** The repository's definitions with other sources. */
    private Path definitions(String name, String sources) throws Exception {
        Path copy = folder.resolve(name);
        if (!Files.exists(copy)) {
            Folders.copy(DEFINITIONS, copy);
            Files.writeString(copy.resolve("sources.yaml"), sources);
        }
        return copy;
    }

    String journeyJob() {
        return rest.jobs().stream()
                .filter(job -> job.name().equals("tributary-journey"))
                .filter(job -> job.state().equals("RUNNING"))
                .map(FlinkRest.Job::id)
                .findFirst()
                .orElseThrow();
    }

    List<String> runningJobs() {
        return rest.jobs().stream()
                .filter(job -> job.state().equals("RUNNING"))
                .map(FlinkRest.Job::name)
                .sorted()
                .toList();
    }

    int parallelism(String job) {
        return rest.parallelism(job);
    }

    ClusterTopics topics() {
        return topics;
    }

    private static void require(String what, Callable<Boolean> condition) throws Exception {
        if (!Eventually.ask(condition, done -> done, PATIENCE)) {
            throw new IllegalStateException("waited in vain for " + what);
        }
    }

    @Override
    public void close() throws Exception {
        flink.close();
        topics.close();
    }
}

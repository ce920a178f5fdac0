package io.tributary.local.demo;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.EventCatalog;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.job.config.JobConfig;
import io.tributary.job.connectors.IngestDecoders;
import io.tributary.job.connectors.TopicCreator;
import io.tributary.local.traffic.InventedWeek;
import io.tributary.pattern.PatternLibrary;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One demo from beginning to end:
 *
 * <pre>
 *   servers ─► traffic, sent by the replay clock ─► JourneyJob ─► Kafka ─► IndexJob ─► Elasticsearch
 *                 what was planted │                                │ documents          │ documents
 *                                  └────────────► summary ◄─────────┴────────────────────┘
 * </pre>
 */
final class Demo implements AutoCloseable {

    private static final int EVENT_PARTITIONS = 2;
    private static final int MOST_OUTPUT_PARTITIONS = 4;

    /** Of pseudonyms of people who do not exist. */
    private static final String SECRET =
            "tributary demo: invented customers only, this key protects nothing";

    /**
     * @param customers at least 1
     * @param port of the dashboard; 0 for any free one
     * @param metricsPort where a Prometheus finds Flink's metrics; null for none
     */
    record Settings(
            Path home,
            ReplayPlan plan,
            int customers,
            int events,
            long seed,
            int port,
            @Nullable Integer metricsPort) {}

    private final Settings settings;
    private final PrintWriter out;
    private final Opened opened = new Opened();

    Demo(Settings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /** Returns when the traffic is over and has arrived everywhere; all servers are still up. */
    Summary run() throws Exception {
        long began = System.nanoTime();
        Stack.Servers servers = startServers();
        Definitions definitions = Definitions.read(definitionsFolder());
        Path secret = Files.writeString(servers.folder().resolve("secret"), SECRET);
        IdentifierSecret key = IdentifierSecret.fromFile(secret);
        EventTopics topics =
                new EventTopics(
                        new IngestDecoders(definitions, key, Duration.ofDays(1)).topicSources());
        createTopics(servers, topics);

        ReplayPlan plan = settings.plan();
        long wallStart = System.currentTimeMillis();
        InventedWeek week =
                InventedWeek.plan(
                        settings.customers(),
                        settings.events(),
                        settings.seed(),
                        plan.trafficStart(wallStart));
        Duration quiet = plan.quiet(liveArrivals(week, topics.liveChannels()), wallStart);
        JobConfig config = config(servers, secret, quiet);
        // what waits in the topics when the jobs start keeps their partitions from being quiet
        Replayer replayer = replay(week, wallStart, topics, config);
        Starting<AutoCloseable> jobs = opened.add(startJobs(servers, config));
        Watch watch =
                new Watch(
                        () -> {
                            jobs.requireNotFailed();
                            servers.flink().requireRunning();
                        },
                        replayer,
                        opened.add(new CommittedReader(config)),
                        new IndexReader(servers.index(), Stack.INDEX_PREFIX),
                        plan,
                        wallStart,
                        began,
                        out);
        watch.untilSent();
        long dueUntil = plan.trafficStart(wallStart) + plan.span() - InventedWeek.LONGEST_TRANSIT;
        return watch.untilSettled(
                quiet, patterns(definitions), planted(week, definitions, key), dueUntil);
    }

    private Stack.Servers startServers() throws Exception {
        say("starting Kafka, Elasticsearch, Flink and the dashboard…");
        Stack.Servers servers =
                opened.add(new Stack(settings.home()))
                        .start(settings.port(), settings.metricsPort());
        say("  Kafka          %s", servers.kafka().bootstrap());
        say("  Flink          %s", servers.flink().url());
        say("  dashboard      %s", servers.dashboard());
        say("  Elasticsearch  %s  (takes a little longer)", servers.index());
        return servers;
    }

    private void createTopics(Stack.Servers servers, EventTopics topics)
            throws InterruptedException {
        JobConfig kafka =
                JobConfig.of(Map.of("kafka.bootstrap.servers", servers.kafka().bootstrap()));
        topics.create(kafka, EVENT_PARTITIONS);
        new TopicCreator(kafka, MOST_OUTPUT_PARTITIONS)
                .createMissing(settings.home().resolve("deploy/kafka/topics.yaml"));
    }

    private Replayer replay(
            InventedWeek week, long wallStart, EventTopics topics, JobConfig config) {
        Replayer replayer =
                opened.add(
                        new Replayer(
                                week,
                                settings.plan(),
                                wallStart,
                                topics.byChannel(),
                                EVENT_PARTITIONS,
                                config.kafkaClient()));
        say(
                "sending %,d events of %,d invented customers at %,.0f times real time, for %s",
                replayer.planned(),
                settings.customers(),
                settings.plan().speed(),
                settings.plan().durationText());
        replayer.start();
        return replayer;
    }

    /** JourneyJob needs no index; its first output waits in Kafka for IndexJob. */
    private static Starting<AutoCloseable> startJobs(Stack.Servers servers, JobConfig config) {
        return new Starting<>(
                () -> {
                    servers.flink().startJourneyJob(config);
                    servers.elasticsearch().await();
                    servers.flink().startIndexJob(config);
                    return () -> {};
                });
    }

    private JobConfig config(Stack.Servers servers, Path secret, Duration quiet) {
        return JobConfig.of(
                Map.of(
                        "definitions.dir",
                        definitionsFolder().toString(),
                        "secret.file",
                        secret.toString(),
                        "kafka.bootstrap.servers",
                        servers.kafka().bootstrap(),
                        "elasticsearch.urls",
                        servers.index().toString(),
                        "elasticsearch.index.prefix",
                        Stack.INDEX_PREFIX,
                        "checkpoint.interval",
                        "2 s",
                        "watermark.probe.interval",
                        "1 s",
                        "watermark.quiet",
                        quiet.toMillis() + " ms"));
    }

    private Path definitionsFolder() {
        return settings.home().resolve("definitions");
    }

    private static Collection<List<Long>> liveArrivals(
            InventedWeek week, Set<String> liveChannels) {
        Map<String, List<Long>> byPartition = new TreeMap<>();
        for (int event = 0; event < week.size(); event++) {
            if (liveChannels.contains(week.channel(event))) {
                String partition =
                        week.channel(event)
                                + "/"
                                + Replayer.partition(week.userId(event), EVENT_PARTITIONS);
                byPartition
                        .computeIfAbsent(partition, none -> new ArrayList<>())
                        .add(week.arrival(event));
            }
        }
        return byPartition.values();
    }

    private static TreeSet<String> patterns(Definitions definitions) {
        Problems problems = new Problems();
        TreeSet<String> ids = new TreeSet<>();
        EventCatalog catalog = EventCatalog.read(definitions, problems);
        try (PatternLibrary library = PatternLibrary.compile(definitions, catalog, problems)) {
            library.patterns().forEach(pattern -> ids.add(pattern.definition().id()));
        }
        problems.throwIfAny();
        return ids;
    }

    private static List<Planted> planted(
            InventedWeek week, Definitions definitions, IdentifierSecret key) {
        Pseudonyms pseudonyms = new Pseudonyms(definitions, key);
        return week.planted().stream()
                .map(
                        pain ->
                                new Planted(
                                        pain.pattern(),
                                        pseudonyms.ofUser(pain.userId()),
                                        pain.time()))
                .toList();
    }

    private void say(String format, Object... arguments) {
        out.printf(format + "%n", arguments);
        out.flush();
    }

    @Override
    public void close() throws Exception {
        opened.close();
    }
}

package io.tributary.local.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.job.JourneyJob;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.config.TributaryOptions;
import io.tributary.job.connectors.TopicCreator;
import io.tributary.job.index.IndexPipeline;
import io.tributary.local.process.ElasticsearchProcess;
import io.tributary.local.process.KafkaProcess;
import io.tributary.local.traffic.GenerateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;

/**
 * Both jobs in this JVM, on real servers, with the Prometheus reporter as {@link Reporter} sets it
 * up, and traffic that ends now.
 */
final class MonitoredJobs implements AutoCloseable {

    private static final String TOPIC = "operations.";
    private static final List<String> CHANNELS =
            List.of("web", "mobile", "voice", "chat", "email", "social", "store", "survey", "crm");

    /** Of each there is one in every piece of the traffic. */
    private static final List<String> MALFORMED = List.of("no JSON", "{\"type\":\"track\"}");

    private final JobConfig config;
    private final MiniCluster cluster;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<List<ProducerRecord<byte[], byte[]>>> pieces;
    private final List<JobID> running = new ArrayList<>();
    private final int port = freePort();

    /**
     * @param pieces in which the traffic comes, see {@link #send(int)}
     */
    MonitoredJobs(KafkaProcess kafka, ElasticsearchProcess elasticsearch, Path folder, int pieces)
            throws Exception {
        config = config(kafka, elasticsearch, folder);
        new TopicCreator(config, 2).createMissing(Path.of("../deploy/kafka/topics.yaml"));
        try (Admin admin = Admin.create(config.kafkaClient())) {
            admin.createTopics(
                            CHANNELS.stream()
                                    .map(channel -> new NewTopic(TOPIC + channel, 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
        producer =
                new KafkaProducer<>(
                        config.kafkaClient(), new ByteArraySerializer(), new ByteArraySerializer());
        this.pieces = traffic(folder, pieces);
        cluster = cluster(folder);
    }

    void start() throws Exception {
        StreamExecutionEnvironment journey = environment();
        JourneyJob.build(journey, config);
        submit(journey, "tributary-journey");
        StreamExecutionEnvironment index = environment();
        IndexPipeline.build(index, config);
        submit(index, "tributary-index");
    }

    /** Where Prometheus finds the metrics, host:port. */
    String target() {
        return "127.0.0.1:" + port;
    }

    /** Ids of the definitions that the jobs run with. */
    Set<String> patterns() throws IOException {
        Path folder = Path.of(config.get(TributaryOptions.DEFINITIONS_DIR), "patterns");
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .collect(Collectors.toSet());
        }
    }

    /** Sends one piece of the traffic, with malformed records in it. */
    void send(int piece) {
        for (String value : MALFORMED) {
            var unused =
                    producer.send(
                            new ProducerRecord<>(
                                    TOPIC + "web", value.getBytes(StandardCharsets.UTF_8)));
        }
        pieces.get(piece).forEach(producer::send);
        producer.flush();
    }

    private static JobConfig config(
            KafkaProcess kafka, ElasticsearchProcess elasticsearch, Path folder)
            throws IOException {
        Path secret =
                Files.writeString(
                        folder.resolve("secret"),
                        "a key for this test alone: nobody may use it elsewhere");
        Map<String, String> options = new TreeMap<>();
        options.put("kafka.bootstrap.servers", kafka.bootstrap());
        options.put("kafka.group.id", "operations");
        options.put("kafka.transactional-id-prefix", "operations");
        options.put("topics.prefix", "operations-tributary-");
        options.put("checkpoint.interval", "1 s");
        options.put("definitions.dir", definitions(folder).toString());
        options.put("secret.file", secret.toString());
        // longer than a piece takes: event time passes deadlines with every piece, not all at once
        options.put("watermark.quiet", "10 s");
        options.put("watermark.probe.interval", "1 s");
        options.put("elasticsearch.urls", elasticsearch.url());
        options.put("elasticsearch.index.prefix", "operations-tributary-");
        return JobConfig.of(options);
    }

    /** The library, reading topics that no other test writes. */
    private static Path definitions(Path folder) throws IOException {
        Path from = Path.of("../definitions");
        Path to = folder.resolve("definitions");
        try (Stream<Path> content = Files.walk(from)) {
            for (Path path : content.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
        Path sources = to.resolve("sources.yaml");
        Files.writeString(sources, Files.readString(sources).replace("[events.", "[" + TOPIC));
        return to;
    }

    private MiniCluster cluster(Path folder) throws Exception {
        Configuration flink = Reporter.configuration(port);
        flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        flink.set(CoreOptions.TMP_DIRS, folder.toString());
        MiniCluster started =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(flink)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(2)
                                .withRandomPorts()
                                .build());
        started.start();
        return started;
    }

    private static StreamExecutionEnvironment environment() {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        flink.set(PipelineOptions.MAX_PARALLELISM, OperatorIds.MAX_PARALLELISM);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(1);
        return env;
    }

    private void submit(StreamExecutionEnvironment env, String name) throws Exception {
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(name);
        running.add(cluster.submitJob(graph).get().getJobID());
    }

    private static List<List<ProducerRecord<byte[], byte[]>>> traffic(Path folder, int count)
            throws IOException {
        Path file = folder.resolve("generated.ndjson");
        long start = System.currentTimeMillis() - Duration.ofDays(4).toMillis();
        int status =
                new CommandLine(new GenerateCommand())
                        .execute(
                                "--customers=400",
                                "--events=8000",
                                "--start=" + EventTime.format(start),
                                "--days=4",
                                "--out-of-order=0.02",
                                "--out=" + file);
        if (status != 0) {
            throw new IllegalStateException("generate ended with status " + status);
        }
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            byte[] value = line.getBytes(StandardCharsets.UTF_8);
            JsonNode event = CanonicalJson.parse(value);
            records.add(new ProducerRecord<>(TOPIC + event.path("channel").asText(), value));
        }
        List<List<ProducerRecord<byte[], byte[]>>> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pieces.add(
                    records.subList(records.size() * i / count, records.size() * (i + 1) / count));
        }
        return pieces;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        producer.close();
        for (JobID job : running) {
            cluster.cancelJob(job).get();
            cluster.requestJobResult(job).get();
        }
        cluster.close();
    }
}

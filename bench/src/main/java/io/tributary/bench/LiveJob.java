package io.tributary.bench;

import io.tributary.definition.Definitions;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.job.config.JobConfig;
import io.tributary.job.connectors.IngestDecoders;
import io.tributary.job.connectors.TopicCreator;
import io.tributary.local.demo.EventTopics;
import io.tributary.local.demo.JobCluster;
import io.tributary.local.process.ElasticsearchProcess;
import io.tributary.local.process.Folders;
import io.tributary.local.process.Jit;
import io.tributary.local.process.KafkaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * JourneyJob, and IndexJob if wanted, in a Flink in this JVM with the settings of {@code
 * deploy/flink}, beside a Kafka and an Elasticsearch in processes of their own.
 */
final class LiveJob implements AutoCloseable {

    static final int PARTITIONS = 2;

    private static final int MOST_OUTPUT_PARTITIONS = 4;

    /** Of RocksDB; as much as the TaskManager of {@code deploy/flink/config.yaml} has. */
    private static final MemorySize STATE_MEMORY = MemorySize.ofMebiBytes(512);

    private static final String SECRET =
            "tributary bench: invented customers only, this key protects nothing";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final JobConfig config;
    private final Map<String, String> topicOfChannel;

    /**
     * @param home the project's folder
     * @param index whether IndexJob and Elasticsearch run too
     * @param options of the jobs, beside addresses and secret
     * @param settings of Flink, instead of those of {@code deploy/flink/config.yaml}
     */
    LiveJob(
            Path home,
            Path definitions,
            boolean index,
            Map<String, String> options,
            Map<String, String> settings)
            throws Exception {
        try {
            Path deploy = home.resolve("deploy");
            Path folder = Folders.temporary("tributary-bench-");
            opened.push(() -> Folders.delete(folder));
            KafkaProcess kafka = open(KafkaProcess.start(deploy, Jit.THOROUGH));
            Path secret = Files.writeString(folder.resolve("secret"), SECRET);
            Map<String, String> all = new HashMap<>(options);
            all.put("definitions.dir", definitions.toString());
            all.put("secret.file", secret.toString());
            all.put("kafka.bootstrap.servers", kafka.bootstrap());
            if (index) {
                Path distribution = ElasticsearchProcess.built(home);
                all.put(
                        "elasticsearch.urls",
                        open(ElasticsearchProcess.start(distribution, deploy, Jit.THOROUGH)).url());
            }
            config = JobConfig.of(all);
            EventTopics topics =
                    new EventTopics(
                            new IngestDecoders(
                                            Definitions.read(definitions),
                                            IdentifierSecret.fromFile(secret),
                                            Duration.ofDays(1))
                                    .topicSources());
            topics.create(config, PARTITIONS);
            new TopicCreator(config, MOST_OUTPUT_PARTITIONS)
                    .createMissing(deploy.resolve("kafka/topics.yaml"));
            topicOfChannel = new TreeMap<>(topics.byChannel());
            startJobs(deploy, folder, index, settings);
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private void startJobs(Path deploy, Path folder, boolean index, Map<String, String> settings)
            throws Exception {
        Configuration flink = new Configuration();
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, STATE_MEMORY);
        RecordCounts.reportTo(flink);
        flink.addAll(Configuration.fromMap(settings));
        JobCluster cluster = open(new JobCluster(deploy, folder, flink));
        cluster.startJourneyJob(config);
        if (index) {
            cluster.startIndexJob(config);
        }
        opened.push(cluster::requireRunning);
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.push(resource);
        return resource;
    }

    JobConfig config() {
        return config;
    }

    /** Where the events of a channel go. */
    String topic(String channel) {
        String topic = topicOfChannel.get(channel);
        if (topic == null) {
            throw new IllegalStateException("sources.yaml has no topic for " + channel);
        }
        return topic;
    }

    /** Where the events of a customer go, in each topic. */
    static int partition(String userId) {
        return Math.floorMod(userId.hashCode(), PARTITIONS);
    }

    /**
     * @throws IllegalStateException if a job has ended on the way
     */
    @Override
    public void close() throws Exception {
        Exception first = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}

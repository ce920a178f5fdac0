package io.tributary.job.connectors;

import io.tributary.definition.Problems;
import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics of {@code topics.yaml} that are missing; existing ones are left as they are.
 */
public final class TopicCreator {

    private final JobConfig config;
    private final int mostPartitions;

    /**
     * @param mostPartitions upper bound for the partitions of each topic
     */
    public TopicCreator(JobConfig config, int mostPartitions) {
        this.config = config;
        this.mostPartitions = mostPartitions;
    }

    /**
     * Creates what is missing.
     *
     * @return names of the created topics, with prefix
     * @throws ConfigException if the file cannot be used
     * @throws KafkaException if Kafka refuses or does not answer
     */
    public List<String> createMissing(Path file) throws InterruptedException {
        return createMissing(read(file));
    }

    /** Creates what is missing of these. */
    List<String> createMissing(List<TopicSpec> specs) throws InterruptedException {
        String prefix = config.get(TributaryOptions.TOPICS_PREFIX);
        return create(specs.stream().map(spec -> spec.newTopic(prefix, mostPartitions)).toList());
    }

    /**
     * Creates the topics that channels write to, with the broker's retention. Where channels have
     * an owner it is the owner's business; on one machine there is nobody else.
     *
     * @param names of {@code sources.yaml}
     * @return names of the created topics
     * @throws KafkaException if Kafka refuses or does not answer
     */
    public List<String> createMissing(Collection<String> names) throws InterruptedException {
        return create(
                names.stream()
                        .map(
                                name ->
                                        new NewTopic(
                                                name,
                                                Optional.of(mostPartitions),
                                                Optional.empty()))
                        .toList());
    }

    private List<String> create(List<NewTopic> wanted) throws InterruptedException {
        try (Admin admin = Admin.create(config.kafkaClient())) {
            Set<String> present = admin.listTopics().names().get();
            List<String> created = new ArrayList<>();
            for (NewTopic topic : wanted) {
                if (!present.contains(topic.name()) && create(admin, topic)) {
                    created.add(topic.name());
                }
            }
            return created;
        } catch (ExecutionException e) {
            throw new KafkaException("cannot create topics", e.getCause());
        }
    }

    private static boolean create(Admin admin, NewTopic topic)
            throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private static List<TopicSpec> read(Path file) {
        try {
            Problems problems = new Problems();
            String text = Files.readString(file, StandardCharsets.UTF_8);
            List<TopicSpec> specs = TopicSpec.read(file.toString(), text, problems);
            if (!problems.isEmpty()) {
                throw new ConfigException(String.valueOf(problems.sorted().get(0)));
            }
            return specs;
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file, e);
        }
    }
}

package io.tributary.job.connectors;

import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * One topic of {@code deploy/kafka/topics.yaml}.
 *
 * @param name without the prefix
 * @param retention null for a compacted topic, whose records stay
 */
public record TopicSpec(String name, int partitions, @Nullable Duration retention) {

    /**
     * Reads the file's text.
     *
     * @param file its name, for problems
     */
    public static List<TopicSpec> read(String file, String text, Problems problems) {
        List<TopicSpec> specs = new ArrayList<>();
        YamlNode.parse(file, text, problems)
                .ifPresent(
                        root -> {
                            YamlNode topics = root.get("topics");
                            if (topics == null || !topics.isSequence()) {
                                problems.add(root, "expected a list 'topics'");
                                return;
                            }
                            topics.items().forEach(item -> readOne(item, specs, problems));
                        });
        return specs;
    }

    private static void readOne(YamlNode item, List<TopicSpec> specs, Problems problems) {
        YamlNode name = item.get("name");
        YamlNode partitions = item.get("partitions");
        YamlNode compacted = item.get("compacted");
        YamlNode retention = item.get("retention");
        if (name == null || partitions == null || compacted == null) {
            problems.add(item, "a topic needs name, partitions and compacted");
        } else if (!partitions.isInteger() || partitions.text().startsWith("-")) {
            problems.add(partitions, "partitions is a positive whole number");
        } else if (!compacted.isBoolean()) {
            problems.add(compacted, "compacted is true or false");
        } else if (compacted.text().equals("true") != (retention == null)) {
            problems.add(item, "a topic is either compacted or has a retention");
        } else {
            Duration kept = retention == null ? null : duration(retention, problems);
            specs.add(new TopicSpec(name.text(), Integer.parseInt(partitions.text()), kept));
        }
    }

    private static @Nullable Duration duration(YamlNode node, Problems problems) {
        try {
            return TimeUtils.parseDuration(node.text());
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add(node, "'" + node.text() + "' is no duration such as 7 d");
            return null;
        }
    }

    /**
     * As Kafka creates it; the replication factor is the broker's default.
     *
     * @param most partitions at most this many; a test or a laptop needs fewer
     */
    NewTopic newTopic(String prefix, int most) {
        Map<String, String> settings = new TreeMap<>();
        Duration kept = retention;
        if (kept == null) {
            settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        } else {
            settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
            settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.toMillis()));
        }
        return new NewTopic(
                        prefix + name, Optional.of(Math.min(partitions, most)), Optional.empty())
                .configs(settings);
    }
}

package io.tributary.job.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicSpecTest {

    @Test
    void theFileNamesEveryOutputAndTheTopicsOfDefinitions() throws IOException {
        Problems problems = new Problems();

        List<TopicSpec> specs =
                TopicSpec.read(
                        "topics.yaml",
                        Files.readString(Path.of("../deploy/kafka/topics.yaml")),
                        problems);

        assertThat(problems.sorted()).isEmpty();
        assertThat(specs.stream().map(TopicSpec::name))
                .containsExactlyElementsOf(
                        Stream.concat(
                                        Arrays.stream(Output.values()).map(Output::topic),
                                        Stream.of(
                                                DefinitionTopics.DEFINITIONS,
                                                DefinitionTopics.STATUS))
                                .toList());
    }

    @Test
    void documentsAreCompactedAndPayloadsExpire() {
        NewTopic documents = new TopicSpec("customers", 12, null).newTopic("shop-", 12);
        NewTopic payloads = new TopicSpec("late", 3, Duration.ofDays(7)).newTopic("shop-", 2);

        assertThat(documents.name()).isEqualTo("shop-customers");
        assertThat(documents.numPartitions()).isEqualTo(12);
        assertThat(documents.configs()).isEqualTo(Map.of("cleanup.policy", "compact"));
        assertThat(payloads.numPartitions()).isEqualTo(2);
        assertThat(payloads.configs())
                .isEqualTo(Map.of("cleanup.policy", "delete", "retention.ms", "604800000"));
    }

    @Test
    void mistakesAreNamedWithTheirPlace() {
        Problems problems = new Problems();

        List<TopicSpec> specs =
                TopicSpec.read(
                        "topics.yaml",
                        """
                        topics:
                          - {name: a, compacted: true}
                          - {name: b, partitions: many, compacted: true}
                          - {name: c, partitions: 1, compacted: true, retention: 7 d}
                          - {name: d, partitions: 1, compacted: false, retention: a week}
                        """,
                        problems);

        assertThat(problems.sorted().stream().map(Object::toString))
                .containsExactly(
                        "topics.yaml:2:5: a topic needs name, partitions and compacted",
                        "topics.yaml:3:27: partitions is a positive whole number",
                        "topics.yaml:4:5: a topic is either compacted or has a retention",
                        "topics.yaml:5:59: 'a week' is no duration such as 7 d");
        assertThat(specs.stream().map(TopicSpec::name)).containsExactly("d");
    }
}

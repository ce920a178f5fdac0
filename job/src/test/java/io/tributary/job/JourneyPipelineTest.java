package io.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JourneyPipelineTest {

    @TempDir private Path folder;

    /** A savepoint finds its operators by these; a line that goes missing loses state. */
    @Test
    void theUidsAreTheOnesOfTheGoldenFile() throws Exception {
        Path secret = folder.resolve("secret");
        Files.writeString(secret, "0123456789abcdef0123456789abcdef");
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        JourneyJob.build(
                env,
                JobConfig.of(
                        Map.of(
                                "definitions.dir", Path.of("..", "definitions").toString(),
                                "secret.file", secret.toString())));
        String uids =
                env.getStreamGraph().getStreamNodes().stream()
                        .map(StreamNode::getTransformationUID)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .map(uid -> uid + "\n")
                        .collect(Collectors.joining());
        assertThat(uids)
                .isEqualTo(
                        new String(
                                JourneyPipelineTest.class
                                        .getResourceAsStream("/uids.txt")
                                        .readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aLongestWindowBelowThatOfTheDefinitionsIsRefused() throws Exception {
        Path secret = folder.resolve("secret");
        Files.writeString(secret, "0123456789abcdef0123456789abcdef");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Map<String, String> options =
                Map.of(
                        "definitions.dir", Path.of("..", "definitions").toString(),
                        "secret.file", secret.toString(),
                        "state.window.max", "1 min");
        assertThatThrownBy(() -> JourneyJob.build(env, JobConfig.of(options)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        "state.window.max is shorter than the longest window of the definitions");
    }
}

package io.tributary.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.job.connectors.TopicsCommand;
import io.tributary.local.process.Jit;
import io.tributary.local.process.KafkaProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the service {@code topics} of docker-compose.yml does. */
class TopicsCommandIT {

    private static final String PREFIX = "composed-";

    private final StringWriter said = new StringWriter();

    /** On a broker of its own: other tests create topics of events as they need them. */
    @Test
    void whatTheJobsReadAndWriteIsCreatedOnce() throws Exception {
        try (KafkaProcess kafka = KafkaProcess.start(Path.of("../deploy"), Jit.QUICK)) {
            check(kafka);
        }
    }

    private void check(KafkaProcess kafka) throws Exception {
        assertThat(run(kafka.bootstrap(), "../definitions")).as(said.toString()).isZero();
        assertThat(said.toString()).contains("composed-pain-points", "outputs: created [");

        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrap());
        try (Admin admin = Admin.create(client)) {
            Map<String, Integer> partitions = new TreeMap<>();
            admin.describeTopics(admin.listTopics().names().get())
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
            assertThat(partitions)
                    .containsEntry(PREFIX + "pain-points", 2)
                    .containsEntry(PREFIX + "interventions", 2)
                    .containsEntry(PREFIX + "metrics", 2)
                    .containsEntry(PREFIX + "customers", 2)
                    .containsEntry(PREFIX + "rejected", 2)
                    .containsEntry(PREFIX + "late", 2)
                    .containsEntry(PREFIX + "definitions", 1)
                    .containsEntry(PREFIX + "definitions-status", 1)
                    .containsKeys("events.web", "events.voice", "events.crm");
        }
        said.getBuffer().setLength(0);
        assertThat(run(kafka.bootstrap(), "../definitions")).isZero();
        assertThat(said.toString())
                .isEqualToNormalizingNewlines("events: created []\noutputs: created []\n");
    }

    @Test
    void definitionsThatAreNotThereAreBadInput() {
        assertThat(run("127.0.0.1:1", "no-such-folder")).isEqualTo(2);
        assertThat(said.toString()).contains("no-such-folder");
    }

    private int run(String bootstrap, String definitions) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TRIBUTARY_KAFKA_BOOTSTRAP_SERVERS", bootstrap);
        environment.put("TRIBUTARY_DEFINITIONS_DIR", definitions);
        environment.put("TRIBUTARY_TOPICS_PREFIX", PREFIX);
        PrintWriter out = new PrintWriter(said, true);
        return new CommandLine(new TopicsCommand(environment))
                .setOut(out)
                .setErr(out)
                .execute("--topics", "../deploy/kafka/topics.yaml", "--partitions", "2");
    }
}

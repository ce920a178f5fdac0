package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.job.IndexJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A main method in a process of its own. */
class BadConfigurationIT {

    @Test
    void anUnknownOptionEndsTheProcessWithStatus2AndOneLine() throws Exception {
        assertRefused("IndexJob: unknown option 'elastic.urls'", "--elastic.urls", "http://a:1");
    }

    @Test
    void anImpossibleCombinationDoesSoToo() throws Exception {
        assertRefused(
                "IndexJob: elasticsearch.batch.records and elasticsearch.requests.in-flight have"
                        + " to be positive, elasticsearch.buffer.records larger than"
                        + " elasticsearch.batch.records",
                "--elasticsearch.buffer.records",
                "100");
    }

    private static void assertRefused(String message, String... args)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(IndexJob.class.getName());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")));
        Process process = builder.start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said.lines().filter(line -> line.startsWith("IndexJob")))
                .containsExactly(message);
        assertThat(process.waitFor()).isEqualTo(2);
    }
}

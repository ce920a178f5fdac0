package io.tributary.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.process.Folders;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is told before a cluster is asked, and when there is none. */
class SubmitCommandTest {

    @Test
    void aClusterThatIsNotThereIsToldWithStatus1() {
        int nobody = Folders.freePort();

        Outcome outcome = submit("http://127.0.0.1:" + nobody);

        assertThat(outcome)
                .isEqualTo(
                        new Outcome(
                                1,
                                "",
                                "tributary submit: cannot reach Flink at http://127.0.0.1:"
                                        + nobody
                                        + ": ConnectException\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8081", "ftp://a:1", "http:", "not an address"})
    void whatIsNoAddressIsRefused(String url) {
        assertThat(submit(url))
                .isEqualTo(
                        new Outcome(
                                2,
                                "",
                                "tributary submit: --flink: '"
                                        + url
                                        + "' is no address such as http://127.0.0.1:8081\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elasticsearch.password",
                "elasticsearch.api-key",
                "kafka.ssl.key.password",
                "kafka.ssl.keystore.key",
                "kafka.sasl.jaas.config"
            })
    void aSecretAmongTheArgumentsIsRefused(String key) {
        assertThat(submit("http://127.0.0.1:1", "--", "--" + key, "hush").err())
                .isEqualTo(
                        "tributary submit: '"
                                + key
                                + "' is a secret, and arguments can be read in the cluster: keep"
                                + " it in a file or an environment variable of the JobManager\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "--elastic.urls, unknown option 'elastic.urls'",
                "--definitions.dir, 'definitions.dir' is not for submitting: the definitions travel"
                        + " with the job"
            })
    void anOptionThatIsNoneIsRefused(String option, String message) {
        Outcome outcome = submit("http://127.0.0.1:1", "--", option, "x");

        assertThat(outcome).isEqualTo(new Outcome(2, "", "tributary submit: " + message + "\n"));
    }

    @Test
    void aFileOfTheJobManagerIsNotLookedForHere() {
        assertThat(submit("http://127.0.0.1:1", "--", "--config", "/on/the/jobmanager.yaml"))
                .extracting(Outcome::status)
                .isEqualTo(1);
    }

    @Test
    void oneSavepointIsNotForTwoJobs() {
        assertThat(submit("http://127.0.0.1:1", "--from-savepoint", "/there"))
                .isEqualTo(
                        new Outcome(
                                2,
                                "",
                                "tributary submit: --from-savepoint needs --only: it is one"
                                        + " job's\n"));
    }

    private static Outcome submit(String url, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--flink", url, "--definitions", "../definitions"));
        arguments.addAll(List.of(more));
        return Outcome.of(new CommandLine(new SubmitCommand()), arguments);
    }
}

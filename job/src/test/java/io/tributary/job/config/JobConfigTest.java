package io.tributary.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobConfigTest {

    @TempDir Path folder;

    @Test
    void argumentsWinOverTheEnvironmentWhichWinsOverTheFileWhichWinsOverDefaults()
            throws IOException {
        Path file = folder.resolve("tributary.yaml");
        Files.writeString(
                file,
                "watermark.delay: 1 s\n"
                        + "watermark.quiet: 2 s\n"
                        + "checkpoint.interval: 3 s\n"
                        + "kafka.security.protocol: SSL\n");
        String[] args = {"--config", file.toString(), "--checkpoint.interval=9 s"};

        JobConfig config =
                JobConfig.of(
                        args,
                        Map.of(
                                "TRIBUTARY_WATERMARK_QUIET", "8 s",
                                "TRIBUTARY_CHECKPOINT_INTERVAL", "8 s",
                                "TRIBUTARY_HOME", "/opt/tributary"));

        assertThat(config.get(TributaryOptions.WATERMARK_DELAY)).hasSeconds(1);
        assertThat(config.get(TributaryOptions.WATERMARK_QUIET)).hasSeconds(8);
        assertThat(config.get(TributaryOptions.CHECKPOINT_INTERVAL)).hasSeconds(9);
        assertThat(config.get(TributaryOptions.STATE_HORIZON)).isEqualTo(Duration.ofDays(30));
        assertThat(config.kafkaClient())
                .isEqualTo(
                        Map.of(
                                "bootstrap.servers", "127.0.0.1:9092",
                                "security.protocol", "SSL"));
    }

    @Test
    void aFileOfAnyOtherEndingIsReadAsProperties() throws IOException {
        Path file = folder.resolve("tributary.properties");
        Files.writeString(file, "topics.prefix=shop-\nkafka.sasl.jaas.config=a b=\"c\";\n");

        JobConfig config = JobConfig.of(new String[] {"--config", file.toString()}, Map.of());

        assertThat(config.get(TributaryOptions.TOPICS_PREFIX)).isEqualTo("shop-");
        assertThat(config.kafkaClient()).containsEntry("sasl.jaas.config", "a b=\"c\";");
    }

    @Test
    void anUnknownKeyIsNamed() {
        assertRefused("unknown option 'watermark.dela'", "--watermark.dela", "1 s");
    }

    @Test
    void aValueOfTheWrongKindIsNamedWithItsKey() {
        assertThatThrownBy(() -> config("--watermark.delay", "soon"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("'soon' is no value for 'watermark.delay': ");
        assertThatThrownBy(() -> config("--delivery.guarantee", "twice"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("'twice' is no value for 'delivery.guarantee': ");
    }

    @Test
    void aKeyWithoutValueIsNamed() {
        assertRefused("'--watermark.delay' has no value", "--watermark.delay");
        assertRefused("expected --key value, not 'watermark.delay'", "watermark.delay", "1 s");
    }

    @Test
    void aClientPropertyThatExactlyOnceDependsOnIsRefused() {
        assertRefused(
                "'kafka.isolation.level' is decided by other options",
                "--kafka.isolation.level",
                "read_uncommitted");
    }

    @Test
    void aNestedYamlFileIsRefusedWithItsPlace() throws IOException {
        Path file = folder.resolve("tributary.yaml");
        Files.writeString(file, "watermark:\n  delay: 1 s\n");

        assertRefused(
                file + ":2:3: 'watermark' needs a plain value; keys are flat, such as a.b: c",
                "--config",
                file.toString());
    }

    @Test
    void interventionsFollowTheJobUnlessToldOtherwise() {
        assertThat(config("--delivery.guarantee", "at-least-once").interventionsGuarantee())
                .isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
        assertThat(config("--interventions.delivery.guarantee", "at-least-once"))
                .satisfies(
                        config -> {
                            assertThat(config.interventionsGuarantee())
                                    .isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
                            assertThat(config.get(TributaryOptions.DELIVERY_GUARANTEE))
                                    .isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
                        });
    }

    @Test
    void theSecretComesFromItsFileOrTheEnvironmentAndItsAbsenceIsSaid() throws IOException {
        Path file = folder.resolve("secret");
        Files.writeString(file, "0123456789abcdef0123456789abcdef\n");
        Path tooShort = folder.resolve("short");
        Files.writeString(tooShort, "0123");

        assertThat(config("--secret.file", file.toString()).pseudonymSecret()).isNotNull();
        assertThat(
                        JobConfig.of(
                                        new String[0],
                                        Map.of(
                                                "TRIBUTARY_SECRET",
                                                "0123456789abcdef0123456789abcdef"))
                                .pseudonymSecret())
                .isNotNull();
        assertThatThrownBy(() -> config("--secret.file", tooShort.toString()).pseudonymSecret())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("at least 32");
        assertThatThrownBy(() -> config().pseudonymSecret())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("TRIBUTARY_SECRET");
    }

    @Test
    void aCopyFromItsOptionsIsEqual() {
        JobConfig config = config("--kafka.linger.ms", "5", "--watermark.delay", "7 s");

        JobConfig copy = JobConfig.of(config.options());

        assertThat(copy.kafkaClient()).isEqualTo(config.kafkaClient());
        assertThat(copy.get(TributaryOptions.WATERMARK_DELAY)).hasSeconds(7);
    }

    private static void assertRefused(String message, String... args) {
        assertThatThrownBy(() -> config(args))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    private static JobConfig config(String... args) {
        return JobConfig.of(args, Map.of());
    }
}

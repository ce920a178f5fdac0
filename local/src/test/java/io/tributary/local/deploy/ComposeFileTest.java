package io.tributary.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

/** {@code docker-compose.yml}, read as the engine would read it. */
class ComposeFileTest {

    /** They do their work and end. */
    private static final Set<String> ONE_SHOT = Set.of("topics", "submit-jobs");

    /** Writes its key store beside its settings. */
    private static final String WRITES_ITS_ROOT = "elasticsearch";

    private final JsonNode compose = Deploy.yaml(Deploy.ROOT.resolve("docker-compose.yml"));

    @Test
    void theServicesAreThoseOfTheStack() {
        assertThat(services().keySet())
                .containsExactly(
                        "dashboard",
                        "elasticsearch",
                        "grafana",
                        "jobmanager",
                        "kafka",
                        "prometheus",
                        "submit-jobs",
                        "taskmanager",
                        "topics");
    }

    @Test
    void everyServiceIsConfined() {
        services()
                .forEach(
                        (name, service) -> {
                            assertThat(service.path("user").asText())
                                    .as(name)
                                    .matches("[1-9]\\d*:\\d+");
                            assertThat(service.path("read_only").asBoolean())
                                    .as(name)
                                    .isEqualTo(!name.equals(WRITES_ITS_ROOT));
                            assertThat(Deploy.strings(service.path("cap_drop")))
                                    .as(name)
                                    .containsExactly("ALL");
                            assertThat(Deploy.strings(service.path("security_opt")))
                                    .as(name)
                                    .containsExactly("no-new-privileges:true");
                            assertThat(service.has("privileged")).as(name).isFalse();
                        });
    }

    @Test
    void everyServiceHasLimits() {
        services()
                .forEach(
                        (name, service) -> {
                            assertThat(service.path("mem_limit").asText())
                                    .as(name)
                                    .matches("\\d+[mg]");
                            assertThat(service.path("cpus").asDouble()).as(name).isPositive();
                            assertThat(service.path("pids_limit").asInt()).as(name).isPositive();
                        });
    }

    @Test
    void everyServiceThatStaysSaysWhetherItIsHealthy() {
        services()
                .forEach(
                        (name, service) -> {
                            boolean ends = ONE_SHOT.contains(name);
                            assertThat(service.path("healthcheck").path("test").isArray())
                                    .as(name)
                                    .isEqualTo(!ends);
                            assertThat(service.path("restart").asText())
                                    .as(name)
                                    .isEqualTo(ends ? "no" : "unless-stopped");
                        });
    }

    @Test
    void everyPortIsPublishedOnTheLoopbackAddressOnly() {
        Set<String> published = new TreeSet<>();
        services()
                .values()
                .forEach(service -> published.addAll(Deploy.strings(service.path("ports"))));
        assertThat(published)
                .hasSize(6)
                .allSatisfy(port -> assertThat(port).matches("127\\.0\\.0\\.1:\\d+:\\d+"));
    }

    @Test
    void aServiceWaitsForServicesThatExistAndCanBeWaitedFor() {
        services()
                .forEach(
                        (name, service) ->
                                service.path("depends_on")
                                        .properties()
                                        .forEach(
                                                other ->
                                                        assertThat(
                                                                        other.getValue()
                                                                                .path("condition")
                                                                                .asText())
                                                                .as(name + " " + other.getKey())
                                                                .isEqualTo(
                                                                        condition(
                                                                                other.getKey()))));
    }

    @Test
    void everyMountIsAFileOfTheRepositoryOrADeclaredVolume() {
        Set<String> declared = new TreeSet<>();
        compose.get("volumes").fieldNames().forEachRemaining(declared::add);
        Set<String> used = new TreeSet<>();
        services()
                .forEach(
                        (name, service) ->
                                Deploy.strings(service.path("volumes"))
                                        .forEach(mount -> check(name, mount, used)));
        assertThat(used).isEqualTo(declared);
    }

    @Test
    void everyVariableOfTheJobsIsAnOption() {
        Set<String> options =
                TributaryOptions.ALL.stream().map(JobConfig::variable).collect(Collectors.toSet());
        Set<String> set = new TreeSet<>();
        services()
                .values()
                .forEach(
                        service ->
                                service.path("environment")
                                        .fieldNames()
                                        .forEachRemaining(
                                                key -> {
                                                    if (key.startsWith("TRIBUTARY_")) {
                                                        set.add(key);
                                                    }
                                                }));
        assertThat(set).hasSize(4).isSubsetOf(options);
    }

    @Test
    void theKeyOfThePseudonymsComesFromAFileThatTheUserNames() {
        assertThat(compose.at("/secrets/pseudonym-key/file").asText())
                .startsWith("${TRIBUTARY_KEY_FILE:?");
        assertThat(compose.at("/secrets")).hasSize(1);
        JsonNode submit = services().get("submit-jobs");
        assertThat(submit.at("/environment/TRIBUTARY_SECRET_FILE").asText())
                .isEqualTo("/run/secrets/" + submit.at("/secrets/0").asText());
    }

    @Test
    void theImagesAreThoseThatTheTestsRunAgainst() {
        String pom = Deploy.text(Deploy.ROOT.resolve("pom.xml"));
        Map<String, JsonNode> services = services();
        assertThat(services.get("kafka").get("image").asText())
                .isEqualTo("apache/kafka:" + property(pom, "kafka.version"));
        assertThat(services.get("elasticsearch").get("image").asText())
                .isEqualTo("elasticsearch:" + property(pom, "elasticsearch.version"));
        assertThat(services.values())
                .allSatisfy(
                        service ->
                                assertThat(service.get("image").asText())
                                        .matches("([a-z]+/)?[a-z-]+:v?\\d+\\.\\d+\\.\\d+"));
    }

    @Test
    void grafanaFindsTheDashboardAndThePrometheusWithoutALogInAndLetsNobodyChangeThem() {
        Path provisioning = Deploy.ROOT.resolve("deploy/grafana/provisioning");
        JsonNode folder =
                Deploy.yaml(provisioning.resolve("dashboards/tributary.yml"))
                        .at("/providers/0/options/path");
        JsonNode source =
                Deploy.yaml(provisioning.resolve("datasources/prometheus.yml"))
                        .at("/datasources/0");
        JsonNode grafana = services().get("grafana");

        String dashboard = folder.asText() + "/tributary.json";
        assertThat(Deploy.strings(grafana.get("volumes")))
                .contains(
                        "./deploy/grafana/provisioning:/etc/grafana/provisioning:ro",
                        "./deploy/grafana/tributary.json:" + dashboard + ":ro");
        assertThat(grafana.at("/environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").asText())
                .isEqualTo(dashboard);
        assertThat(source.get("type").asText()).isEqualTo("prometheus");
        assertThat(source.get("url").asText()).isEqualTo("http://prometheus:9090");
        assertThat(services()).containsKey("prometheus");
        assertThat(grafana.at("/environment/GF_AUTH_ANONYMOUS_ORG_ROLE").asText())
                .isEqualTo("Viewer");
    }

    @Test
    void theBrokerTakesItsSettingsTogetherWithThoseOfTheContainer() throws IOException {
        Path docker = Deploy.ROOT.resolve("deploy/docker");
        Properties settings = new Properties();
        settings.load(
                new StringReader(
                        Deploy.text(Deploy.ROOT.resolve("deploy/kafka/server.properties"))
                                + "\n"
                                + Deploy.text(docker.resolve("kafka.properties"))));
        KafkaConfig config = KafkaConfig.fromProps(settings);
        JsonNode kafka = services().get("kafka");

        assertThat(config.logDirs().toString()).contains("/var/lib/kafka/data");
        assertThat(Deploy.strings(kafka.get("volumes"))).contains("kafka-data:/var/lib/kafka/data");
        assertThat(settings.getProperty("advertised.listeners"))
                .isEqualTo("PLAINTEXT://kafka:9092,HOST://127.0.0.1:29092");
        assertThat(services().get("topics").at("/environment/TRIBUTARY_KAFKA_BOOTSTRAP_SERVERS"))
                .hasToString("\"kafka:9092\"");
        assertThat(Deploy.strings(kafka.get("ports"))).containsExactly("127.0.0.1:29092:29092");
        assertThat(Deploy.text(docker.resolve("start-kafka")))
                .contains("/etc/tributary/kafka/server.properties")
                .contains("/etc/tributary/docker/kafka.properties");
    }

    private Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new TreeMap<>();
        compose.get("services").properties().forEach(e -> services.put(e.getKey(), e.getValue()));
        return services;
    }

    private String condition(String service) {
        assertThat(services()).containsKey(service);
        return ONE_SHOT.contains(service) ? "service_completed_successfully" : "service_healthy";
    }

    private static void check(String service, String mount, Set<String> used) {
        List<String> parts = List.of(mount.split(":"));
        assertThat(parts.get(1)).as(mount).startsWith("/");
        if (parts.get(0).startsWith("./")) {
            assertThat(Deploy.ROOT.resolve(parts.get(0))).as(service).exists();
            assertThat(parts).as(mount).hasSize(3).last().isEqualTo("ro");
            assertThat(Files.isSymbolicLink(Deploy.ROOT.resolve(parts.get(0)))).isFalse();
        } else {
            used.add(parts.get(0));
        }
    }

    private static String property(String pom, String name) {
        return pom.replaceAll("(?s).*<" + name + ">(.*)</" + name + ">.*", "$1");
    }
}

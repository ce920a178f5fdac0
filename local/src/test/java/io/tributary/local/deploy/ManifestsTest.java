package io.tributary.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/kubernetes}, as the operator and the API server would take it. */
class ManifestsTest {

    private static final Path KUBERNETES = Deploy.ROOT.resolve("deploy/kubernetes");
    private static final Path DEFINITIONS = Deploy.ROOT.resolve("definitions");
    private static final String LABEL = "app.kubernetes.io/part-of";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "journey.yaml",
                "index.yaml",
                "network-policy.yaml",
                "disruption.yaml",
                "dashboard/dashboard.yaml",
                "pod-monitor/pod-monitor.yaml"
            })
    void everyManifestHasOnlyFieldsThatItsKindKnows(String file) {
        List<JsonNode> documents = Deploy.documents(Deploy.text(KUBERNETES.resolve(file)));
        assertThat(documents).isNotEmpty();
        assertThat(documents).allSatisfy(d -> assertThat(Deploy.violations(d)).isEmpty());
    }

    @Test
    void aMisspeltFieldIsFoundAtAnyDepth() {
        for (String path : List.of("", "/job", "/podTemplate/spec", "/taskManager/resource")) {
            JsonNode job = journey();
            ((ObjectNode) job.at("/spec" + path)).put("upgrademode", "savepoint");
            assertThat(Deploy.violations(job))
                    .as(path)
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("upgrademode");
        }
        JsonNode container = journey();
        ((ObjectNode) mainContainer(container).get("securityContext"))
                .put("readOnlyRootFileSystem", true);
        assertThat(Deploy.violations(container)).hasSize(1);
    }

    @Test
    void aValueThatNoEnumHasAndAWrongTypeAreFound() {
        JsonNode job = journey();
        ((ObjectNode) job.at("/spec/job")).put("upgradeMode", "canary").put("parallelism", "4");
        ((ObjectNode) job.at("/spec")).put("flinkVersion", "v2.2");
        ((ObjectNode) job.at("/spec/flinkConfiguration")).put("taskmanager.numberOfTaskSlots", 2);
        assertThat(Deploy.violations(job)).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"journey.yaml", "index.yaml"})
    void aJobStopsWithASavepointAndRunsAsNobodyInParticular(String file) {
        JsonNode job = Deploy.yaml(KUBERNETES.resolve(file));
        JsonNode pod = job.at("/spec/podTemplate/spec");
        assertThat(job.at("/spec/job/upgradeMode").asText()).isEqualTo("savepoint");
        assertThat(job.at("/spec/podTemplate/metadata/labels/" + LABEL.replace("/", "~1")).asText())
                .isEqualTo("tributary");
        assertThat(pod.get("securityContext").toString())
                .isEqualTo(
                        "{\"runAsNonRoot\":true,\"runAsUser\":9999,\"runAsGroup\":9999,"
                                + "\"fsGroup\":9999,"
                                + "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}");
        assertThat(mainContainer(job).get("securityContext").toString())
                .isEqualTo(
                        "{\"allowPrivilegeEscalation\":false,\"readOnlyRootFilesystem\":true,"
                                + "\"capabilities\":{\"drop\":[\"ALL\"]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"journey.yaml", "index.yaml"})
    void everyMountHasItsVolumeAndEveryWritableOneIsBounded(String file) {
        JsonNode job = Deploy.yaml(KUBERNETES.resolve(file));
        Set<String> volumes = new TreeSet<>();
        Set<String> writable = new TreeSet<>();
        for (JsonNode volume : job.at("/spec/podTemplate/spec/volumes")) {
            volumes.add(volume.get("name").asText());
            if (volume.has("emptyDir")) {
                writable.add(volume.get("name").asText());
                assertThat(volume.at("/emptyDir/sizeLimit").asText()).isNotEmpty();
            }
        }
        Set<String> mounted = new TreeSet<>();
        for (JsonNode mount : mainContainer(job).get("volumeMounts")) {
            String name = mount.get("name").asText();
            mounted.add(name);
            assertThat(mount.path("readOnly").asBoolean())
                    .as(name)
                    .isEqualTo(!writable.contains(name));
        }
        assertThat(mounted).isEqualTo(volumes);
        assertThat(writable).containsExactly("log", "tmp", "work");
    }

    @ParameterizedTest
    @ValueSource(strings = {"journey.yaml", "index.yaml"})
    void theArgumentsAreOptionsAndNameMountedFiles(String file) throws Exception {
        JsonNode job = Deploy.yaml(KUBERNETES.resolve(file));
        Class<?> main = Class.forName(job.at("/spec/job/entryClass").asText());
        assertThat(main.getMethod("main", String[].class)).isNotNull();
        List<String> args = new ArrayList<>(Deploy.strings(job.at("/spec/job/args")));
        String options = args.set(args.indexOf("--config") + 1, path("tributary.yaml"));
        assertThat(options).isEqualTo("/opt/tributary/options/tributary.yaml");

        // throws for an option that does not exist
        JobConfig config = JobConfig.of(args.toArray(new String[0]), Map.of());
        assertThat(config.get(TributaryOptions.DEFINITIONS_DIR))
                .isEqualTo("/opt/tributary/definitions");
        assertThat(args.subList(2, args.size()))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("/opt/tributary/secrets/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"journey.yaml", "index.yaml"})
    void flinkIsSetAsEverywhereElse(String file) {
        Set<String> ofTheCluster =
                Set.of(
                        "taskmanager.numberOfTaskSlots",
                        "execution.checkpointing.dir",
                        "execution.checkpointing.savepoint-dir",
                        "metrics.reporter.prometheus.port");
        // sizes and addresses are the operator's business
        Set<String> ofTheProcesses = new TreeSet<>();
        JsonNode common = Deploy.yaml(Deploy.ROOT.resolve("deploy/flink/config.yaml"));
        JsonNode flink = Deploy.yaml(KUBERNETES.resolve(file)).at("/spec/flinkConfiguration");
        common.properties()
                .forEach(
                        entry -> {
                            String key = entry.getKey();
                            if (!flink.has(key)) {
                                ofTheProcesses.add(key);
                            } else if (!ofTheCluster.contains(key)) {
                                assertThat(flink.get(key).asText())
                                        .as(key)
                                        .isEqualTo(entry.getValue().asText());
                            }
                        });
        assertThat(ofTheProcesses)
                .allMatch(key -> key.matches("(jobmanager|taskmanager|rest|web|parallelism)\\..*"));
        assertThat(flink.get("metrics.reporter.prometheus.port").asText()).isEqualTo("9249");
        assertThat(flink.get("high-availability.type").asText()).isEqualTo("kubernetes");
    }

    @Test
    void everySettingOfAClusterIsWrittenIntoBothJobs() throws IOException {
        Properties settings = new Properties();
        settings.load(Files.newBufferedReader(KUBERNETES.resolve("settings.env")));
        Set<String> replaced = new TreeSet<>();
        for (JsonNode replacement :
                Deploy.yaml(KUBERNETES.resolve("kustomization.yaml")).get("replacements")) {
            String key = replacement.at("/source/fieldPath").asText().replaceFirst("^data\\.", "");
            replaced.add(key);
            assertThat(replacement.at("/targets/0/select/kind").asText())
                    .isEqualTo("FlinkDeployment");
            String path = replacement.at("/targets/0/fieldPaths/0").asText();
            assertThat(at(journey(), path)).as(key).isEqualTo("set-by-settings.env");
            assertThat(at(Deploy.yaml(KUBERNETES.resolve("index.yaml")), path))
                    .isEqualTo("set-by-settings.env");
        }
        assertThat(replaced).isEqualTo(new TreeSet<>(settings.stringPropertyNames()));
    }

    @Test
    void everyResourceThatIsNamedIsThere() {
        JsonNode kustomization = Deploy.yaml(KUBERNETES.resolve("kustomization.yaml"));
        assertThat(Deploy.strings(kustomization.get("resources")))
                .hasSize(5)
                .allSatisfy(name -> assertThat(KUBERNETES.resolve(name)).exists());
        assertThat(Deploy.strings(kustomization.get("configurations")))
                .containsExactly("kustomizeconfig.yaml")
                .allSatisfy(name -> assertThat(KUBERNETES.resolve(name)).exists());
    }

    /** {@code -Dgolden.update=true} writes the list of files anew. */
    @Test
    void everyDefinitionIsInAConfigMap() throws IOException {
        Path file = KUBERNETES.resolve("definitions/kustomization.yaml");
        String expected =
                Deploy.text(file).replaceAll("(?s)(configMapGenerator:\n).*", "$1")
                        + generator("definitions", "")
                        + generator("journeys", "journeys/")
                        + generator("patterns", "patterns/");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, expected);
        }
        assertThat(Deploy.text(file)).isEqualTo(expected);
    }

    @Test
    void kustomizeFindsEveryFileAndNamesTheConfigMapsThatItMakes() throws Exception {
        assumeThat(kubectl()).as("kubectl is installed").isTrue();
        List<JsonNode> rendered = Deploy.documents(kustomize());
        Set<String> made = new TreeSet<>();
        Set<String> wanted = new TreeSet<>();
        for (JsonNode document : rendered) {
            if (document.get("kind").asText().equals("ConfigMap")) {
                made.add(document.at("/metadata/name").asText());
                continue;
            }
            assertThat(Deploy.violations(document)).isEmpty();
            assertThat(document.toString()).doesNotContain("set-by-settings.env");
            for (JsonNode volume : document.at("/spec/podTemplate/spec/volumes")) {
                wanted.add(volume.at("/configMap/name").asText());
            }
        }
        wanted.remove("");
        assertThat(wanted).isEqualTo(made).hasSize(4);
    }

    private static boolean kubectl() throws InterruptedException {
        try {
            return new ProcessBuilder("kubectl", "version", "--client")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String kustomize() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                "kubectl",
                                "kustomize",
                                "--load-restrictor",
                                "LoadRestrictionsNone",
                                KUBERNETES.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String rendered = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).isZero();
        return rendered;
    }

    private static String generator(String name, String folder) throws IOException {
        StringBuilder text = new StringBuilder("  - name: tributary-" + name + "\n    files:\n");
        try (Stream<Path> files = Files.list(DEFINITIONS.resolve(folder))) {
            files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".yaml"))
                    .sorted()
                    .forEach(
                            file ->
                                    text.append("      - ../../../definitions/")
                                            .append(folder)
                                            .append(file)
                                            .append('\n'));
        }
        return text.toString();
    }

    /** The value at a path of kustomize, in which {@code \.} is a dot of a key. */
    private static String at(JsonNode document, String path) {
        JsonNode node = document;
        for (String key : path.split("(?<!\\\\)\\.")) {
            node = node.path(key.replace("\\.", "."));
        }
        return node.asText();
    }

    private static String path(String file) {
        return KUBERNETES.resolve(file).toString();
    }

    private static JsonNode journey() {
        return Deploy.yaml(KUBERNETES.resolve("journey.yaml"));
    }

    private static JsonNode mainContainer(JsonNode job) {
        JsonNode containers = job.at("/spec/podTemplate/spec/containers");
        assertThat(containers).hasSize(1);
        assertThat(containers.get(0).get("name").asText()).isEqualTo("flink-main-container");
        return containers.get(0);
    }
}

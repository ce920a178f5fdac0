package io.tributary.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.dashboard.DashboardCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a cluster may have beside the jobs: components of {@code deploy/kubernetes}. */
class ComponentsTest {

    private static final Path KUBERNETES = Deploy.ROOT.resolve("deploy/kubernetes");

    @Test
    void theDashboardIsConfinedAndItsServiceLeadsToItInsideTheClusterOnly() {
        List<JsonNode> documents =
                Deploy.documents(Deploy.text(KUBERNETES.resolve("dashboard/dashboard.yaml")));
        JsonNode deployment = documents.get(0);
        JsonNode service = documents.get(1);
        JsonNode job = Deploy.yaml(KUBERNETES.resolve("journey.yaml"));
        JsonNode pod = deployment.at("/spec/template");
        JsonNode container = pod.at("/spec/containers/0");
        assertThat(pod.at("/metadata/labels")).isEqualTo(service.at("/metadata/labels"));
        assertThat(pod.at("/metadata/labels/app.kubernetes.io~1part-of").asText())
                .isEqualTo("tributary");
        assertThat(deployment.at("/spec/selector/matchLabels"))
                .isEqualTo(service.at("/spec/selector"));
        assertThat(pod.at("/spec/securityContext"))
                .isEqualTo(job.at("/spec/podTemplate/spec/securityContext"));
        assertThat(container.get("securityContext"))
                .isEqualTo(job.at("/spec/podTemplate/spec/containers/0/securityContext"));
        assertThat(service.at("/spec/type").asText()).isEqualTo("ClusterIP");
        assertThat(service.at("/spec/ports/0/targetPort").asText())
                .isEqualTo(container.at("/ports/0/name").asText());
        new CommandLine(new DashboardCommand())
                .parseArgs(Deploy.strings(container.get("args")).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dashboard", "pod-monitor"})
    void aComponentHoldsWhatItsFolderHas(String component) throws IOException {
        Path folder = KUBERNETES.resolve(component);
        JsonNode kustomization = Deploy.yaml(folder.resolve("kustomization.yaml"));
        assertThat(kustomization.get("kind").asText()).isEqualTo("Component");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "kustomization.yaml",
                            Deploy.strings(kustomization.get("resources")).get(0));
        }
        assertThat(Deploy.text(KUBERNETES.resolve("kustomization.yaml")))
                .containsPattern("# components: \\[.*" + component + ".*]");
    }
}

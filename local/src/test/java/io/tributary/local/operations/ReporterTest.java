package io.tributary.local.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReporterTest {

    private static final Path CLUSTER = Path.of("../deploy/flink/config.yaml");
    private static final String PORT = "metrics.reporter.prometheus.port";

    @Test
    void clustersReportWhatTheTestsScrape() throws Exception {
        assumeTrue(Files.exists(CLUSTER), "there is no deploy/flink/config.yaml to compare with");
        Map<String, String> metrics = new TreeMap<>();
        ((Map<?, ?>) Alerts.yaml(CLUSTER))
                .forEach((key, value) -> metrics.put(String.valueOf(key), String.valueOf(value)));
        metrics.keySet().removeIf(key -> !key.startsWith("metrics."));
        assertThat(metrics.remove(PORT)).startsWith("9249");
        assertThat(metrics).isEqualTo(Reporter.SETTINGS);
    }
}

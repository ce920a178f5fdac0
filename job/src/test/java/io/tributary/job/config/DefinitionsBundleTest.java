package io.tributary.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.definition.Definitions;
import io.tributary.definition.Definitions.SourceFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionsBundleTest {

    @Test
    void aFolderArrivesAsItWas() {
        Definitions definitions = Definitions.read(Path.of("../definitions"));

        String bundle = DefinitionsBundle.pack(definitions);

        assertThat(DefinitionsBundle.unpack(bundle).files()).isEqualTo(definitions.files());
        assertThat(DefinitionsBundle.pack(definitions)).isEqualTo(bundle).matches("[\\w-]+");
    }

    @Test
    void whatIsTooLargeToTravelIsRefused() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        while (text.length() < DefinitionsBundle.MOST_CHARACTERS) {
            text.append(Long.toHexString(random.nextLong()));
            text.append(Long.toHexString(random.nextLong()));
        }
        Map<String, SourceFile> files =
                Map.of(
                        "events.yaml", new SourceFile("d/events.yaml", text.toString()),
                        "policy.yaml", new SourceFile("d/policy.yaml", text.reverse().toString()));

        assertThatThrownBy(() -> DefinitionsBundle.pack(Definitions.of(new TreeMap<>(files))))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching(
                        "the definitions are too large to travel with a submission: \\d+"
                                + " characters packed, at most 4194304; start the job with Flink's"
                                + " own client and name a folder of the JobManager with"
                                + " definitions.dir");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AAAA", "H4sIAAAAAAAA_2NgAAAA"})
    void whatIsNoBundleIsRefused(String text) {
        assertThatThrownBy(() -> DefinitionsBundle.unpack(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("definitions.bundle is no bundle of definitions");
    }
}

package io.tributary.job.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedRunsTest {

    @TempDir private Path folder;

    @Test
    void linesOfManyRunsComeBackInOrderOfTheirKeys() throws IOException {
        Random random = new Random(3);
        List<String> expected = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            SortedRuns.Writer writer = new SortedRuns.Writer(folder, "a-" + run);
            for (int i = 0; i < 300; i++) {
                String key = Integer.toHexString(random.nextInt(2_000));
                writer.add(key, ("line " + key).getBytes(StandardCharsets.UTF_8));
                expected.add("line " + key);
                if (i % 100 == 99) {
                    writer.spill();
                }
            }
        }
        SortedRuns.Writer other = new SortedRuns.Writer(folder, "b-0");
        other.add("0", "of another output".getBytes(StandardCharsets.UTF_8));
        other.spill();
        List<String> merged = new ArrayList<>();
        SortedRuns.merge(
                folder, "a-", line -> merged.add(new String(line, StandardCharsets.UTF_8)));
        expected.sort(null);
        assertThat(merged).isEqualTo(expected);
    }
}

package io.tributary.job.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    void linesAreNumberedFromOneAndEmptyOnesCount() throws IOException {
        assertThat(read("a\n\nb")).containsExactly("1:a", "2:", "3:b");
    }

    @Test
    void aLineFeedAtTheEndBeginsNoFurtherLine() throws IOException {
        assertThat(read("a\nb\n")).containsExactly("1:a", "2:b");
        assertThat(read("\n")).containsExactly("1:");
        assertThat(read("")).isEmpty();
    }

    @Test
    void aLineLongerThanTheBufferIsWhole() throws IOException {
        String longLine = "x".repeat(200_000);
        assertThat(read(longLine + "\nb\n" + longLine))
                .containsExactly("1:" + longLine, "2:b", "3:" + longLine);
    }

    @Test
    void ofAnEndlessLineTheFirstPartIsKeptAndTheNextLineIsFound() throws IOException {
        List<String> lines = read("x".repeat(LineReader.LONGEST + 70_000) + "\nb\n");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).hasSize(LineReader.LONGEST + "1:".length());
        assertThat(lines.get(1)).isEqualTo("2:b");
    }

    private static List<String> read(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineReader reader =
                new LineReader(
                        "text", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            for (byte[] line = reader.next(); line != null; line = reader.next()) {
                lines.add(reader.line() + ":" + new String(line, StandardCharsets.UTF_8));
            }
        }
        return lines;
    }
}

package io.tributary.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    private static final DateTimeFormatter JAVA =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final long YEARS_3000 = 3_000L * 366 * 86_400_000;

    @Test
    void anyTimeIsWrittenAndReadAsJavaDoes() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextLong(-YEARS_3000, 4 * YEARS_3000);

            String text = EventTime.format(millis);

            assertThat(text).isEqualTo(JAVA.format(Instant.ofEpochMilli(millis)));
            if (!text.startsWith("+") && !text.startsWith("-") && text.length() == 24) {
                assertThat(EventTime.parse(text)).isEqualTo(millis);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T00:00:00Z",
                "2024-02-29T23:59:59.999Z",
                "2026-03-01T24:00:00.000Z",
                "2026-03-01T01:02:03.4Z",
                "2026-03-01T01:02:03.456789Z",
                "2026-03-01T01:02:03.456+01:00",
                "0001-01-01T00:00:00.000Z",
                "2026-12-31T23:59:60.000Z"
            })
    void whatJavaReadsIsReadTheSame(String text) {
        assertThat(EventTime.parse(text)).isEqualTo(Instant.parse(text).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29T00:00:00.000Z",
                "2026-04-31T00:00:00.000Z",
                "2026-13-01T00:00:00.000Z",
                "2026-00-01T00:00:00.000Z",
                "2026-01-00T00:00:00.000Z",
                "2026-01-01T25:00:00.000Z",
                "2026-01-01T00:60:00.000Z",
                "2026-01-01T00:00:61.000Z",
                "2026-01-01 00:00:00.000Z",
                "2026-01-01T00:00:00,000Z",
                "٢026-01-01T00:00:00.000Z"
            })
    void whatJavaRefusesIsRefused(String text) {
        assertThatThrownBy(() -> EventTime.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}

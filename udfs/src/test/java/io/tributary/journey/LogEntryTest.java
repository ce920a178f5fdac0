package io.tributary.journey;

import static io.tributary.event.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogEntryTest {

    private static final CustomerEvent EARLY = event("e").after("1m").build();
    private static final CustomerEvent LATER = event("e").after("2m").build();

    @Test
    void ofSeveralRecordsWithOneIdTheSmallestCounts() {
        LogEntry entry = LogEntry.ABSENT.with(LATER, List.of(), 1).with(EARLY, List.of(), 1);
        assertThat(entry.event()).contains(EARLY);
    }

    @Test
    void anEventTakenBackBeforeItCameIsNotThere() {
        assertThat(LogEntry.ABSENT.with(EARLY, List.of(), -1).with(EARLY, List.of(), 1).isAbsent())
                .isTrue();
    }

    @Test
    void theSumOfSignsAndNotTheirOrderDecides() {
        List<Signed> changes =
                new ArrayList<>(
                        List.of(
                                new Signed(EARLY, 1),
                                new Signed(EARLY, -1),
                                new Signed(EARLY, 1),
                                new Signed(EARLY, -1),
                                new Signed(LATER, 1),
                                new Signed(LATER, 1)));
        for (int seed = 0; seed < 100; seed++) {
            Collections.shuffle(changes, new Random(seed));
            LogEntry entry = LogEntry.ABSENT;
            for (Signed change : changes) {
                entry = entry.with(change.event(), List.of(), change.sign());
            }
            assertThat(entry)
                    .as("seed %d", seed)
                    .isEqualTo(new LogEntry(List.of(new LogEntry.Variant(LATER, List.of(), 2))));
        }
    }

    private record Signed(CustomerEvent event, int sign) {}
}

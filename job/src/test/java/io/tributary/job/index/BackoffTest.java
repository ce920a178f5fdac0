package io.tributary.job.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1));

    @Test
    void waitsDoubleUpToTheLongest() {
        assertThat(waits(5)).containsExactly(200L, 400L, 800L, 1000L, 1000L);
    }

    @Test
    void aSuccessStartsItAnew() {
        waits(4);
        backoff.reset();

        assertThat(waits(2)).containsExactly(200L, 400L);
    }

    private List<Long> waits(int count) {
        return IntStream.range(0, count).mapToObj(i -> backoff.next().toMillis()).toList();
    }
}

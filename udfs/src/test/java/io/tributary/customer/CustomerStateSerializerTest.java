package io.tributary.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.customer.CustomerState.Resume;
import io.tributary.journey.CustomerSummary;
import io.tributary.journey.StageVisit;
import io.tributary.journey.Touchpoint;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class CustomerStateSerializerTest {

    private static final long NOW = 1_772_000_000_000L;

    @Test
    void bothEndsOfTimeAndWhatIsNearThemComeBack() throws IOException {
        long[] times = {Long.MIN_VALUE, -1, 0, 1, NOW - 1, NOW, NOW + 1, Long.MAX_VALUE};
        for (long now : new long[] {Long.MIN_VALUE, 0, NOW}) {
            for (long time : times) {
                CustomerState state = state(now, time, "last");
                assertThat(read(write(state))).usingRecursiveComparison().isEqualTo(state);
            }
        }
    }

    @Test
    void theLastEventIsWrittenOnceWhereItIsTheLastTouchpoint() throws IOException {
        byte[] once = write(state(NOW, NOW, "newest"));
        assertThat(read(once).lastId()).isEqualTo("newest");
        assertThat(write(state(NOW, NOW, "an0ther"))).hasSize(once.length + "an0ther".length() + 1);
    }

    @Test
    void aRowOfAnotherLayoutIsRefused() throws IOException {
        byte[] bytes = write(state(NOW, NOW, "last"));
        bytes[0] = 2;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("customer state of unknown layout version 2");
    }

    private static CustomerState state(long now, long time, String lastId) {
        CustomerSummary summary =
                new CustomerSummary(
                        List.of("user_id:ann"),
                        List.of(),
                        List.of(),
                        List.of(new StageVisit("purchase", "browsing", NOW - 5, time)),
                        List.of(
                                new Touchpoint("newest", "page_viewed", "web", NOW - 1),
                                new Touchpoint("older", "page_viewed", "web", NOW - 2)),
                        3,
                        List.of(),
                        now);
        return new CustomerState(
                summary,
                lastId,
                new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE},
                time,
                NOW,
                time,
                time,
                -7,
                List.of(new Resume("p", time, time, time)),
                new byte[] {1, 2},
                Long.MIN_VALUE,
                List.of());
    }

    private static byte[] write(CustomerState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        CustomerStateSerializer.INSTANCE.serialize(state, out);
        return out.getCopyOfBuffer();
    }

    private static CustomerState read(byte[] bytes) throws IOException {
        return CustomerStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
    }
}

package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineTrafficTest {

    private final EngineTraffic traffic = new EngineTraffic(5_000);

    @Test
    void everyHistoryIsInOrderAndBeforeTheMeasuredTraffic() {
        for (int customer = 0; customer < 50; customer++) {
            List<CustomerEvent> history = traffic.history(customer);

            assertThat(history)
                    .hasSize(EngineTraffic.HISTORY_EVENTS)
                    .isSortedAccordingTo(CustomerEvent.BY_TIME_THEN_ID)
                    .allMatch(event -> event.time() < EngineTraffic.LIVE);
        }
    }

    @Test
    void aCustomerWithTheSameTemplateDidTheSameUnderAnotherName() {
        int other = 1 + traffic.templates();

        assertThat(traffic.customer(other)).isNotEqualTo(traffic.customer(1));
        assertThat(traffic.history(other))
                .extracting(CustomerEvent::id)
                .containsExactlyElementsOf(
                        traffic.history(1).stream().map(CustomerEvent::id).toList());
        assertThat(traffic.history(other).get(0).identifiers())
                .extracting(identifier -> identifier.key())
                .containsExactly(traffic.customer(other));
    }

    @Test
    void theSameTrafficComesAgainInOrderOfTime() {
        List<Assignment> once = traffic.live(EngineTraffic.LIVE, 1).take(3_000);
        List<Assignment> again = traffic.live(EngineTraffic.LIVE, 1).take(3_000);

        assertThat(again).isEqualTo(once);
        assertThat(once)
                .extracting(assignment -> assignment.event().time())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void visitsHaveEightEventsOnAverage() {
        Map<String, Integer> visits = new HashMap<>();
        // long enough for the visits that are cut off at the end not to count
        List<Assignment> events = new EngineTraffic(10_000_000).live(0, 1).take(100_000);
        events.forEach(assignment -> visits.merge(assignment.customer(), 1, Integer::sum));

        double mean = (double) events.size() / visits.size();

        assertThat(mean).isBetween(7.0, 10.0);
    }

    @Test
    void aDisorderedSliceHasTheSameEventsAndSoManyLateOnes() {
        List<Assignment> slice = traffic.live(EngineTraffic.LIVE, 1).take(10_000);

        List<Assignment> disordered = EngineTraffic.disorder(slice, 0.1, 1);

        assertThat(disordered).containsExactlyInAnyOrderElementsOf(slice);
        assertThat(late(slice)).isZero();
        assertThat(late(disordered)).isEqualTo(1_000);
    }

    /** Events that come after a later one of the same customer. */
    private static int late(List<Assignment> events) {
        Map<String, Long> newest = new HashMap<>();
        int late = 0;
        for (Assignment assignment : events) {
            long time = assignment.event().time();
            if (time < newest.merge(assignment.customer(), time, Math::max)) {
                late++;
            }
        }
        return late;
    }
}

package io.tributary.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmsTest {

    private final CustomerEvaluator evaluator = CustomerEvaluator.compile(TestDefinitions.shop());
    private final Map<String, Customer> onHeap = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Alarms alarms =
            new Alarms(
                    new Alarms.Timers() {
                        @Override
                        public void register(long time) {
                            calls.add("register " + time);
                        }

                        @Override
                        public void delete(long time) {
                            calls.add("delete " + time);
                        }
                    },
                    onHeap::get,
                    1);

    @AfterEach
    void close() {
        evaluator.close();
    }

    @Test
    void whoIsOnTheHeapIsWokenWithoutATimer() {
        Customer ada = customer("ada");
        Customer bob = customer("bob");
        alarms.set(ada, 20);
        alarms.set(bob, 10);
        alarms.set(bob, 30);

        assertThat(goOff(9)).isEmpty();
        assertThat(goOff(20)).containsExactly("bob 10", "ada 20");
        assertThat(goOff(100)).isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void whoIsStoredHasOneTimerForTheNextAlarm() {
        Customer ada = customer("ada");
        alarms.set(ada, 20);
        alarms.store(ada);
        alarms.store(ada);
        alarms.set(ada, 15);
        alarms.store(ada);

        assertThat(calls).containsExactly("register 20", "delete 20", "register 15");
        assertThat(goOff(100)).isEmpty();
        assertThat(Alarms.fired(ada, 20)).isFalse();
        assertThat(Alarms.fired(ada, 15)).isTrue();
        assertThat(ada.wakeAt).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theTimerStaysForALaterTimeWhileAnEarlierAlarmGoesOff() {
        Customer ada = customer("ada");
        alarms.set(ada, 50);
        alarms.store(ada);
        alarms.set(ada, 20);

        assertThat(goOff(30)).containsExactly("ada 20");
        assertThat(ada.wakeAt).isEqualTo(50);
        alarms.set(ada, 60);
        alarms.store(ada);
        assertThat(calls).containsExactly("register 50");
    }

    @Test
    void whoHasLeftTheHeapIsNotWokenFromTheQueue() {
        Customer ada = customer("ada");
        alarms.set(ada, 20);
        alarms.store(ada);
        onHeap.remove("ada");
        Customer again = customer("ada");
        again.wakeAt = ada.wakeAt;
        again.timerAt = ada.timerAt;

        assertThat(goOff(100)).isEmpty();
    }

    @Test
    void alarmsOfThoseWhoHaveLeftTakeNoRoom() {
        for (int i = 0; i < 10_000; i++) {
            Customer passing = customer("passing-" + i);
            alarms.set(passing, 1_000_000 + i);
            alarms.store(passing);
            onHeap.remove(passing.id);
        }

        assertThat(alarms.size()).isLessThan(2_000);
    }

    private Customer customer(String id) {
        Customer customer =
                new Customer(
                        id,
                        CustomerState.NEW,
                        evaluator.patterns(),
                        evaluator.fold(),
                        CustomerLog.Stored.NOTHING);
        onHeap.put(id, customer);
        return customer;
    }

    private List<String> goOff(long watermark) {
        List<String> woken = new ArrayList<>();
        for (@Nullable Customer next = alarms.next(watermark);
                next != null;
                next = alarms.next(watermark)) {
            woken.add(next.id + " " + Alarms.goesOff(next));
        }
        return woken;
    }
}

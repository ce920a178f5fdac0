package io.tributary.pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws customers' logs: few types, ties, and now and then a pause longer than most windows. */
public final class RandomLog {

    private RandomLog() {}

    /**
     * @param customer number, the source of each event
     * @return sorted
     */
    public static List<CustomerEvent> of(int customer, Random random) {
        List<CustomerEvent> events = new ArrayList<>();
        long time = Log.START;
        int length = 5 + random.nextInt(9);
        for (int i = 0; i < length; i++) {
            boolean pause = random.nextInt(12) == 0;
            time += 1_000L * (pause ? 10 + random.nextInt(30) : random.nextInt(4));
            events.add(event(customer, random.nextInt(1_000) + "-" + i, time, random));
        }
        events.sort(CustomerEvent.BY_TIME_THEN_ID);
        return events;
    }

    public static CustomerEvent event(int customer, String id, long time, Random random) {
        ObjectNode properties = CanonicalJson.object().put("v", random.nextInt(5));
        if (random.nextInt(6) > 0) {
            properties.put("cart_id", "k" + random.nextInt(2));
        }
        return new CustomerEvent(
                id,
                List.of("a", "b", "c", "d").get(random.nextInt(4)),
                time,
                time,
                time,
                "web",
                String.valueOf(customer),
                List.of(),
                CanonicalJson.bytes(properties));
    }
}

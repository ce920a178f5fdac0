package io.tributary.customer;

import io.tributary.event.CustomerEvent;
import io.tributary.event.EventTime;

/** What may happen to a customer operator. */
sealed interface Arrival {

    /**
     * @param sign 1 if the event comes to the customer, -1 if it is taken back
     */
    record Assigned(int customer, CustomerEvent event, int sign) implements Arrival {
        @Override
        public String toString() {
            String mark = sign > 0 ? "+" : "-";
            return mark + customer + " " + event + " " + event.properties();
        }
    }

    record Watermark(long time) implements Arrival {
        @Override
        public String toString() {
            return "watermark " + EventTime.format(time);
        }
    }

    /** From a checkpoint. */
    record Restart() implements Arrival {}
}

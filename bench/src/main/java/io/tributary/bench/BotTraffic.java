package io.tributary.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.local.traffic.InventedDay;

/**
 * A day of customers, and one web visitor who is a machine: after each event of theirs it looks at
 * a product, at the same time of the day.
 */
final class BotTraffic implements Events {

    private static final String NAME = "bot-1";
    private static final String CHANNEL = "web";
    private static final int PRODUCTS = 1_000;

    /** From one event of the day to the next. */
    static final int STRIDE = 2;

    private final InventedDay day;

    BotTraffic(InventedDay day) {
        this.day = day;
    }

    @Override
    public int count() {
        return day.size() * STRIDE;
    }

    @Override
    public Event next(int number) {
        int own = number / STRIDE;
        if (number % STRIDE == 0) {
            return new Event(day.channel(own), day.userId(own), day.value(own));
        }
        return new Event(CHANNEL, NAME, CanonicalJson.bytes(view(number, day.time(own))));
    }

    private static ObjectNode view(int number, String time) {
        ObjectNode view = CanonicalJson.object();
        view.put("type", "track");
        view.put("event", "product_viewed");
        view.put("messageId", NAME + "-" + number);
        view.put("channel", CHANNEL);
        view.put("anonymousId", NAME);
        for (String field :
                new String[] {"originalTimestamp", "sentAt", "receivedAt", "timestamp"}) {
            view.put(field, time);
        }
        view.putObject("properties").put("sku", "B-" + number % PRODUCTS).put("price", 9.5);
        return view;
    }
}

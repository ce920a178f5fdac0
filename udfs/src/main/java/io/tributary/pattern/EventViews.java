package io.tributary.pattern;

import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import org.jspecify.annotations.Nullable;

/** Events as CEL sees them; the newest is asked for again and again. */
final class EventViews {

    private final EventCatalog catalog;
    private @Nullable CustomerEvent newest;
    private EventView view = EventView.MISSING;

    EventViews(EventCatalog catalog) {
        this.catalog = catalog;
    }

    EventView of(CustomerEvent event) {
        if (newest != event) {
            view = EventView.of(event, catalog);
            newest = event;
        }
        return view;
    }

    /** One that was taken by a step before. */
    EventView ofEarlier(CustomerEvent event) {
        return newest == event ? view : EventView.of(event, catalog);
    }
}

package io.tributary.bench;

import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is usual: whatever was ever seen together is one customer. */
final class Components {

    private final Map<String, String> parents = new HashMap<>();

    /** The component of each event, in their order. */
    static List<String> of(List<CustomerEvent> events) {
        Components components = new Components();
        for (CustomerEvent event : events) {
            String first = event.identifiers().get(0).key();
            for (Identifier other : event.identifiers()) {
                components.parents.put(components.root(first), components.root(other.key()));
            }
        }
        return events.stream()
                .map(event -> components.root(event.identifiers().get(0).key()))
                .toList();
    }

    private String root(String key) {
        String root = key;
        String parent = parents.get(root);
        while (parent != null && !parent.equals(root)) {
            root = parent;
            parent = parents.get(root);
        }
        parents.put(key, root);
        return root;
    }
}

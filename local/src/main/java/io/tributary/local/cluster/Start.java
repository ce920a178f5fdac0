package io.tributary.local.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a main method of an uploaded jar is run.
 *
 * @param parallelism null: the cluster's default
 * @param savepoint to begin from; null: no state
 * @param allowLostState whether state that no operator takes is dropped
 */
record Start(
        String mainClass,
        List<String> arguments,
        @Nullable Integer parallelism,
        @Nullable String savepoint,
        boolean allowLostState) {

    Start from(String location, @Nullable Integer slots) {
        return new Start(mainClass, arguments, slots, location, allowLostState);
    }

    ObjectNode json() {
        ObjectNode json = CanonicalJson.object();
        json.put("entryClass", mainClass);
        ArrayNode list = json.putArray("programArgsList");
        arguments.forEach(list::add);
        if (parallelism != null) {
            json.put("parallelism", parallelism);
        }
        if (savepoint != null) {
            json.put("savepointPath", savepoint);
            json.put("allowNonRestoredState", allowLostState);
        }
        return json;
    }
}

package io.tributary.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Pieces of Elasticsearch's query language. */
final class Query {

    private Query() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ArrayNode array(List<JsonNode> items) {
        return array().addAll(items);
    }

    static ObjectNode wrap(String key, JsonNode value) {
        return object().set(key, value);
    }

    static ObjectNode term(String field, String value) {
        return wrap("term", object().put(field, value));
    }

    static ObjectNode allOf(JsonNode... filters) {
        return wrap("bool", wrap("filter", array(List.of(filters))));
    }

    static ObjectNode anyOf(JsonNode... filters) {
        ObjectNode bool = wrap("should", array(List.of(filters)));
        return wrap("bool", bool.put("minimum_should_match", 1));
    }

    static ObjectNode from(String field, long millis) {
        ObjectNode range = object().put("gte", millis).put("format", "epoch_millis");
        return wrap("range", wrap(field, range));
    }

    static ObjectNode byId(String id) {
        return wrap("ids", wrap("values", array().add(id)));
    }

    /** Counts per value of {@code field}. */
    static ObjectNode counts(String field, int most) {
        return wrap("terms", object().put("field", field).put("size", most));
    }

    /** Newest first, of one time by id; what has no such time comes last. */
    static ArrayNode newestFirst(String field) {
        return array().add(sorted(field, "desc", "date")).add(sorted("id", "asc", "keyword"));
    }

    private static ObjectNode sorted(String field, String order, String type) {
        return wrap(
                field,
                object().put("order", order).put("missing", "_last").put("unmapped_type", type));
    }

    /** A search that counts every hit and returns the first {@code size}. */
    static ObjectNode search(int size) {
        return object().put("size", size).put("track_total_hits", true);
    }
}

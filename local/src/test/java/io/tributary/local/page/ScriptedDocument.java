package io.tributary.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tributary.event.CanonicalJson;

/** A document as it would be if somebody could write a script into any of its texts. */
final class ScriptedDocument {

    /** Would set {@code window.ran}. */
    static final String SCRIPT =
            "<img src=x onerror=\"window.ran=1\"><script>window.ran=1</script>";

    /** These have a type in the index, or the page would not show the document. */
    private static final String TYPED =
            "\\d{4}-\\d\\d-.*|detected|open|retracted|offered|suppressed";

    private ScriptedDocument() {}

    /**
     * @return a copy with {@link #SCRIPT} for every text but times and status
     */
    static ObjectNode of(JsonNode document) {
        return (ObjectNode) scripted(document);
    }

    private static JsonNode scripted(JsonNode node) {
        if (node.isTextual()) {
            return node.asText().matches(TYPED) ? node : TextNode.valueOf(SCRIPT);
        }
        if (node.isObject()) {
            ObjectNode copy = CanonicalJson.object();
            node.properties()
                    .forEach(field -> copy.set(field.getKey(), scripted(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = CanonicalJson.array();
            node.forEach(item -> copy.add(scripted(item)));
            return copy;
        }
        return node;
    }
}

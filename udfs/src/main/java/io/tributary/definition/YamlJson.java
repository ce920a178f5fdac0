package io.tributary.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** A YAML tree as JSON, its scalars typed by YAML 1.2's core schema. */
public final class YamlJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private YamlJson() {}

    public static JsonNode toJson(YamlNode node) {
        if (node.isMapping()) {
            ObjectNode object = JSON.objectNode();
            node.entries().forEach((key, value) -> object.set(key, toJson(value)));
            return object;
        }
        if (node.isSequence()) {
            ArrayNode array = JSON.arrayNode();
            node.items().forEach(item -> array.add(toJson(item)));
            return array;
        }
        if (node.isInteger()) {
            return JSON.numberNode(integer(node.text()));
        }
        if (node.isNumber()) {
            return decimal(node.text());
        }
        if (node.isBoolean()) {
            return JSON.booleanNode(node.text().equalsIgnoreCase("true"));
        }
        return node.isNull() ? JSON.nullNode() : JSON.textNode(node.text());
    }

    private static BigInteger integer(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        return new BigInteger(text);
    }

    private static JsonNode decimal(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".nan")) {
            return JSON.numberNode(Double.NaN);
        }
        if (lower.endsWith(".inf")) {
            return JSON.numberNode(
                    lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return JSON.numberNode(new BigDecimal(text));
    }
}

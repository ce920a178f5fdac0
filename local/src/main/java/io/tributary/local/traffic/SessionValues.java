package io.tributary.local.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The values that the steps of one session share, such as the cart's id: every step that names
 * {@code $cart_id} gets the same one.
 */
final class SessionValues {

    /** Things that a small shop for household goods sells; cents. */
    private record Product(String sku, String name, String category, int price) {}

    private static final List<Product> PRODUCTS =
            List.of(
                    new Product("K-100", "Espresso machine", "kitchen", 24900),
                    new Product("K-110", "Kettle", "kitchen", 5900),
                    new Product("K-120", "Cast-iron pan", "kitchen", 8900),
                    new Product("B-200", "Road bike", "outdoor", 119900),
                    new Product("B-210", "Tent for two", "outdoor", 17900),
                    new Product("E-300", "Headphones", "electronics", 12900),
                    new Product("E-310", "Smart speaker", "electronics", 9900),
                    new Product("E-320", "Laptop", "electronics", 139900),
                    new Product("H-400", "Desk lamp", "home", 6900),
                    new Product("H-410", "Office chair", "home", 21900));
    private static final List<String> MATTERS =
            List.of("delivery", "invoice", "return", "warranty", "account", "technical");

    private final TreeMap<String, JsonNode> values = new TreeMap<>();

    /**
     * @param session unique number of the session, which makes its ids unique
     */
    SessionValues(long session, Dice dice) {
        Product product = dice.pick(PRODUCTS);
        String matter = dice.pick(MATTERS);
        put("cart_id", "cart-" + session);
        put("order_id", "order-" + session);
        put("checkout_id", "checkout-" + session);
        put("case_id", "case-" + session);
        put("conversation_id", "conversation-" + session);
        put("call_id", "call-" + session);
        put("email_id", "email-" + session);
        put("post_id", "post-" + session);
        put("matter", matter);
        // what one customer's contacts of different sessions are about must not be the same
        put("own_matter", matter + "-" + session);
        put("delivery_matter", "delivery-of-" + session);
        put("other_matter", "question-" + session);
        put("application_id", "application-" + session);
        put("sku", product.sku());
        put("product", product.name());
        put("category", product.category());
        put("path", "/" + product.category() + "/" + product.sku());
        values.put("price", number(product.price()));
        values.put("value", number(product.price()));
        values.put("wait", JsonNodeFactory.instance.numberNode(dice.between(5, 90)));
        values.put("seconds", JsonNodeFactory.instance.numberNode(dice.between(20, 600)));
        values.put("score_low", JsonNodeFactory.instance.numberNode(dice.between(0, 6)));
        values.put("score_high", JsonNodeFactory.instance.numberNode(dice.between(7, 10)));
        values.put("score_passive", JsonNodeFactory.instance.numberNode(dice.between(7, 8)));
        values.put("score_promoter", JsonNodeFactory.instance.numberNode(dice.between(9, 10)));
    }

    private void put(String name, String value) {
        values.put(name, JsonNodeFactory.instance.textNode(value));
    }

    private static JsonNode number(int cents) {
        return JsonNodeFactory.instance.numberNode(cents / 100.0);
    }

    /** Names that a step may use; equal for every session. */
    static Set<String> names() {
        return new SessionValues(0, Dice.of(0, 0)).values.keySet();
    }

    /** {@code properties} with every {@code $name} in place, sorted by name. */
    Map<String, JsonNode> fill(Map<String, JsonNode> properties) {
        TreeMap<String, JsonNode> filled = new TreeMap<>();
        properties.forEach((name, value) -> filled.put(name, fill(value)));
        return filled;
    }

    private JsonNode fill(JsonNode template) {
        if (template.isTextual() && template.textValue().startsWith("$")) {
            JsonNode value = values.get(template.textValue().substring(1));
            if (value == null) {
                throw new IllegalArgumentException("no session value " + template.textValue());
            }
            return value;
        }
        return template;
    }
}

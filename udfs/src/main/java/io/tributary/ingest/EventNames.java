package io.tributary.ingest;

import io.tributary.event.EventCatalog;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** From the names that sources give to what happened, to event types. */
final class EventNames {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,99}");
    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z0-9]+(?:_[a-z0-9]+)*+");
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern CAMEL_AFTER_ACRONYM = Pattern.compile("(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");
    private static final Pattern VERSION_SUFFIX = Pattern.compile("[./_-]v[0-9]{1,4}$");

    /** Longest name that is looked at, in characters. */
    private static final int LONGEST = 256;

    /** Names of the Segment e-commerce spec, version 1, and spellings seen in the wild. */
    private static final Map<String, String> ALIASES =
            Map.ofEntries(
                    Map.entry("searched_products", "products_searched"),
                    Map.entry("viewed_product_list", "product_list_viewed"),
                    Map.entry("viewed_product_category", "product_list_viewed"),
                    Map.entry("product_category_viewed", "product_list_viewed"),
                    Map.entry("filtered_product_list", "product_list_filtered"),
                    Map.entry("viewed_promotion", "promotion_viewed"),
                    Map.entry("clicked_promotion", "promotion_clicked"),
                    Map.entry("clicked_product", "product_clicked"),
                    Map.entry("viewed_product", "product_viewed"),
                    Map.entry("added_product", "product_added"),
                    Map.entry("removed_product", "product_removed"),
                    Map.entry("viewed_cart", "cart_viewed"),
                    Map.entry("started_checkout", "checkout_started"),
                    Map.entry("viewed_checkout_step", "checkout_step_viewed"),
                    Map.entry("completed_checkout_step", "checkout_step_completed"),
                    Map.entry("entered_payment_info", "payment_info_entered"),
                    Map.entry("updated_order", "order_updated"),
                    Map.entry("completed_order", "order_completed"),
                    Map.entry("refunded_order", "order_refunded"),
                    Map.entry("cancelled_order", "order_cancelled"),
                    Map.entry("canceled_order", "order_cancelled"),
                    Map.entry("order_canceled", "order_cancelled"),
                    Map.entry("entered_coupon", "coupon_entered"),
                    Map.entry("applied_coupon", "coupon_applied"),
                    Map.entry("denied_coupon", "coupon_denied"),
                    Map.entry("removed_coupon", "coupon_removed"),
                    Map.entry("added_product_to_wishlist", "product_added_to_wishlist"),
                    Map.entry("removed_product_from_wishlist", "product_removed_from_wishlist"),
                    Map.entry("added_wishlist_product_to_cart", "wishlist_product_added_to_cart"),
                    Map.entry("shared_product", "product_shared"),
                    Map.entry("shared_cart", "cart_shared"),
                    Map.entry("reviewed_product", "product_reviewed"));

    /** Most spellings of known types that are remembered. */
    private static final int REMEMBERED = 1_000;

    private final EventCatalog catalog;
    private final Map<String, String> types;

    /** Known types by the names that led to them: a source repeats a few names for ever. */
    private final Map<String, String> known = new HashMap<>();

    /**
     * @param types the source's own names to event types; asked first
     */
    EventNames(EventCatalog catalog, Map<String, String> types) {
        this.catalog = catalog;
        this.types = types;
    }

    /**
     * The type of a name such as {@code Completed Order}.
     *
     * @throws Refusal UNKNOWN_TYPE if no type can be made of it
     */
    String type(String name) {
        String mapped = types.get(name);
        return mapped != null ? mapped : checked(unmapped(name));
    }

    /**
     * The type of a reverse-DNS name such as {@code com.example.order.completed.v1}: its longest
     * end that is a known type, else all of it.
     *
     * @throws Refusal UNKNOWN_TYPE if no type can be made of it
     */
    String typeOfDotted(String name) {
        String mapped = types.get(name);
        if (mapped != null) {
            return mapped;
        }
        String whole = VERSION_SUFFIX.matcher(bounded(name)).replaceFirst("");
        String rest = whole;
        while (true) {
            String type = unmapped(rest);
            if (catalog.knows(type)) {
                return type;
            }
            int dot = rest.indexOf('.');
            if (dot < 0) {
                break;
            }
            rest = rest.substring(dot + 1);
        }
        return checked(unmapped(whole));
    }

    static Map<String, String> aliases() {
        return ALIASES;
    }

    boolean declares(String type, String property) {
        return catalog.properties(type).map(all -> all.containsKey(property)).orElse(false);
    }

    private String unmapped(String name) {
        String remembered = known.get(name);
        if (remembered != null) {
            return remembered;
        }
        String snake = snakeCase(bounded(name));
        String type = ALIASES.getOrDefault(snake, snake);
        if (catalog.knows(type)) {
            if (known.size() < REMEMBERED) {
                known.put(name, type);
            }
            return type;
        }
        // a name made up by a person may hold an address
        String masked = TextMask.text(name);
        return masked.equals(name) ? type : snakeCase(masked);
    }

    private static String bounded(String name) {
        if (name.length() > LONGEST) {
            throw new Refusal(RejectionReason.UNKNOWN_TYPE, "the name is longer than " + LONGEST);
        }
        return name;
    }

    private static String checked(String type) {
        if (!TYPE.matcher(type).matches()) {
            throw new Refusal(
                    RejectionReason.UNKNOWN_TYPE,
                    "no type can be made of the name: letters first, at most 100 characters");
        }
        return type;
    }

    static boolean isType(String word) {
        return TYPE.matcher(word).matches();
    }

    /** {@code Product Added}, {@code productAdded} and {@code product-added} are one name. */
    static String snakeCase(String name) {
        if (SNAKE_CASE.matcher(name).matches()) {
            return name;
        }
        String apart = CAMEL.matcher(name).replaceAll("_");
        apart = CAMEL_AFTER_ACRONYM.matcher(apart).replaceAll("_");
        String snake = OTHER.matcher(apart.toLowerCase(Locale.ROOT)).replaceAll("_");
        int start = snake.startsWith("_") ? 1 : 0;
        int end = snake.endsWith("_") ? snake.length() - 1 : snake.length();
        return start >= end ? "" : snake.substring(start, end);
    }
}

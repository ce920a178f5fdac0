package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.EventCatalog;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventNamesTest {

    private final EventNames names =
            new EventNames(
                    EventCatalog.read(Definitions.read(Decoding.DEFINITIONS), new Problems()),
                    Map.of("Kauf", "order_completed", "Viewed Cart", "page_viewed"));

    @ParameterizedTest
    @CsvSource({
        "Product Added, product_added",
        "productAdded, product_added",
        "PRODUCT ADDED, product_added",
        "product-added, product_added",
        "product_added, product_added",
        "Viewed Product, product_viewed",
        "Added Product, product_added",
        "Completed Order, order_completed",
        "Viewed Product Category, product_list_viewed",
        "Completed Checkout Step, checkout_step_completed",
        "Order Canceled, order_cancelled",
        "Kauf, order_completed",
        "Viewed Cart, page_viewed",
        "HTTPRequest Sent, http_request_sent",
        "'  Odd -- Name! ', odd_name",
    })
    void aNameBecomesAType(String name, String type) {
        assertThat(names.type(name)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "order_completed, order_completed",
        "com.example.order.completed, order_completed",
        "com.example.shop.OrderCompleted.v2, order_completed",
        "com.example.CompletedOrder, order_completed",
        "com.example.unheard, com_example_unheard",
        "Kauf, order_completed",
    })
    void aDottedNameBecomesTheTypeItEndsWith(String name, String type) {
        assertThat(names.typeOfDotted(name)).isEqualTo(type);
    }

    @Test
    void everyAliasLeadsToATypeThatShips() {
        EventCatalog catalog =
                EventCatalog.read(Definitions.read(Decoding.DEFINITIONS), new Problems());
        assertThat(EventNames.aliases().values()).allMatch(catalog::knows);
        assertThat(EventNames.aliases().keySet()).noneMatch(catalog::knows);
    }
}

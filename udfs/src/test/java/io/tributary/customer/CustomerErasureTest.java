package io.tributary.customer;

import static io.tributary.event.EventBuilder.START;
import static io.tributary.event.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.erasure.Erasure;
import io.tributary.event.CustomerEvent;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerErasureTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final Erasure ERASURE = new Erasure("request", "anna", START + 2 * HOUR);

    private CustomerHarness customers;

    @BeforeEach
    void open() throws Exception {
        customers = new CustomerHarness(Evaluation.onArrival());
    }

    @AfterEach
    void close() throws Exception {
        customers.close();
    }

    private static CustomerEvent view(String id, String after) {
        return event(id).on("page_viewed").after(after).by("user_id", "anna").build();
    }

    @Test
    void theCustomerIsEmptiedWhenEventTimeHasReachedTheRequest() throws Exception {
        customers.plus("anna", view("a", "1H")).plus("ben", view("b", "1H")).erase(ERASURE);
        assertThat(customers.documents().get("anna")).isNotEqualTo("emptied");

        customers.watermark(START + 3 * HOUR);

        assertThat(customers.documents().get("anna")).isEqualTo("emptied");
        assertThat(customers.documents().get("ben")).isNotEqualTo("emptied");
        assertThat(customers.events()).hasSize(1);
        assertThat(customers.reports()).hasSize(1);
        assertThat(customers.reports().get(0).removed().events()).isEqualTo(1);
        assertThat(customers.reports().get(0).removed().documents()).isEqualTo(1);
    }

    @Test
    void whatComesAgainIsDroppedAlsoAfterARestartAndIsNotToldAsLate() throws Exception {
        customers.plus("anna", view("a", "1H")).erase(ERASURE).watermark(START + 3 * HOUR);

        customers.restart().plus("anna", view("a", "1H")).minus("anna", view("c", "1H"));
        customers.watermark(START + 300 * HOUR).plus("anna", view("d", "90M"));

        assertThat(customers.documents().get("anna")).isEqualTo("emptied");
        assertThat(customers.events()).isEmpty();
        assertThat(customers.late()).isEmpty();
    }

    @Test
    void whatHappenedAfterTheRequestIsANewCustomers() throws Exception {
        customers.plus("anna", view("a", "1H")).plus("anna", view("n", "150M")).erase(ERASURE);

        customers.watermark(START + 3 * HOUR);

        assertThat(customers.documents().get("anna")).contains("\"n\"").doesNotContain("\"a\"");
        assertThat(customers.events()).hasSize(1);
    }

    @Test
    void onlyTheErasureIsRemembered() throws Exception {
        customers.plus("anna", view("a", "1H")).erase(ERASURE).watermark(START + 300 * HOUR);

        assertThat(customers.stateEntries()).isEqualTo(1);
        assertThat(customers.timers()).isZero();
    }
}

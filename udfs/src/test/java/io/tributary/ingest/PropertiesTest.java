package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.event.CustomerEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Only what {@code events.yaml} declares, in one form, without anybody's name in it. */
class PropertiesTest {

    private final Decoding decoding =
            Decoding.of(
                    Decoding.with(
                            Definitions.EVENTS,
                            """
                            events:
                              thing_done:
                                properties:
                                  {whole: integer, number: number, yes: boolean, code: string, words: text,
                                   when: timestamp, tags: [string], items: [{sku: string, price: number}],
                                   place: {city: string, zip: string}}
                            """));

    @Test
    void aValueOfItsDeclaredTypeIsKept() {
        assertThat(
                        properties(
                                """
                                {"whole":3,"number":2.5,"yes":true,"code":"x","words":"hello",
                                 "when":"2026-03-01T10:00:00+01:00","tags":["a","b"],
                                 "items":[{"sku":"s","price":1,"more":1}],"place":{"city":"Ulm"}}\
                                """))
                .isEqualTo(
                        "{\"code\":\"x\",\"items\":[{\"price\":1,\"sku\":\"s\"}],\"number\":2.5,"
                                + "\"place\":{\"city\":\"Ulm\"},\"tags\":[\"a\",\"b\"],"
                                + "\"when\":\"2026-03-01T09:00:00.000Z\",\"whole\":3,"
                                + "\"words\":\"hello\",\"yes\":true}");
    }

    @Test
    void aValueOfAnotherTypeIsDroppedAndNamed() {
        Ingested result =
                decode(
                        """
                        {"whole":"3","number":"2.5","yes":"true","code":7,"words":false,
                         "when":"today","tags":"a","items":[{"sku":1,"price":"9"},7],"place":["Ulm"]}\
                        """);
        assertThat(json(result)).isEqualTo("{\"items\":[{}]}");
        assertThat(result.droppedProperties())
                .containsExactlyInAnyOrder(
                        "whole",
                        "number",
                        "yes",
                        "code",
                        "words",
                        "when",
                        "tags",
                        "items.sku",
                        "items.price",
                        "items",
                        "place");
    }

    @Test
    void undeclaredAndNullValuesAreDroppedWithoutNotice() {
        Ingested result =
                decode("{\"other\":1,\"code\":null,\"userId\":\"u\",\"email\":\"a@b.de\"}");
        assertThat(json(result)).isEqualTo("{}");
        assertThat(result.droppedProperties()).isEmpty();
    }

    @Test
    void equalNumbersHaveEqualBytes() {
        for (String hundred : List.of("100.0", "1e2", "1E+2", "100.000", "1000e-1")) {
            assertThat(properties("{\"number\":" + hundred + "}")).isEqualTo("{\"number\":100.0}");
        }
        for (String zero : List.of("0.0", "-0.0", "0e7", "-0e0")) {
            assertThat(properties("{\"number\":" + zero + "}")).isEqualTo("{\"number\":0.0}");
        }
        assertThat(properties("{\"whole\":3.0}")).isEqualTo("{\"whole\":3}");
        assertThat(decode("{\"whole\":3.5}").droppedProperties()).containsExactly("whole");
        assertThat(decode("{\"whole\":1e300}").droppedProperties()).containsExactly("whole");
    }

    @Test
    void camelCaseNamesAreTheSamePropertyUnlessBothStandThere() {
        Decoding shipped = Decoding.shipped();
        assertThat(cart(shipped, "{\"cartId\":\"a\"}")).isEqualTo("{\"cart_id\":\"a\"}");
        assertThat(cart(shipped, "{\"cartId\":\"a\",\"cart_id\":\"b\"}"))
                .isEqualTo("{\"cart_id\":\"b\"}");
    }

    @Test
    void theEventsOwnIdentifiersDoNotShowUpInItsProperties() {
        String json =
                """
                {"type":"track","event":"Thing Done","messageId":"1","userId":"customer-4711",
                 "anonymousId":"a1b2c3d4-e5f6","traits":{"email":"Jane@Example.org"},
                 "properties":{"code":"/u/customer-4711?v=a1b2c3d4-e5f6&m=jane%40example.org",
                 "words":"Jane@Example.org is customer-4711, call 0301234567"},
                 "timestamp":"2026-03-01T09:00:00Z"}\
                """;
        CustomerEvent event = decoding.event(json);
        assertThat(new String(event.propertiesJson(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"code\":\"/u/[user_id]?v=[anonymous_id]&m=[email]\","
                                + "\"words\":\"[email] is [user_id], call [phone]\"}");
    }

    @Test
    void halfASurrogatePairIsReplacedSoThatIdsCompareAlikeBeforeAndAfterStorage() {
        CustomerEvent event =
                decoding.event(
                        "{\"type\":\"track\",\"event\":\"x\",\"messageId\":\"a\\ud800b\",\"userId\":\"u\","
                            + "\"timestamp\":\"2026-03-01T09:00:00Z\"}");
        assertThat(event.id()).isEqualTo("a\uFFFDb");
    }

    private String properties(String json) {
        Ingested result = decode(json);
        assertThat(result.droppedProperties()).isEmpty();
        return json(result);
    }

    private Ingested decode(String properties) {
        List<Ingested> results =
                decoding.line(
                        "{\"type\":\"track\",\"event\":\"Thing Done\",\"messageId\":\"1\","
                                + "\"userId\":\"u\",\"timestamp\":\"2026-03-01T09:00:00Z\","
                                + "\"properties\":"
                                + properties
                                + "}");
        Decoding.event(results);
        return results.get(0);
    }

    private static String json(Ingested result) {
        return new String(
                Objects.requireNonNull(result.event()).propertiesJson(), StandardCharsets.UTF_8);
    }

    private static String cart(Decoding decoding, String properties) {
        return new String(
                decoding.event(
                                "{\"type\":\"track\",\"event\":\"Cart Viewed\",\"userId\":\"u\","
                                        + "\"timestamp\":\"2026-03-01T09:00:00Z\",\"properties\":"
                                        + properties
                                        + "}")
                        .propertiesJson(),
                StandardCharsets.UTF_8);
    }
}

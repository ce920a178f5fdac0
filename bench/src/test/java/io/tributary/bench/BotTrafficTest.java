package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.local.traffic.InventedDay;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BotTrafficTest {

    private final InventedDay day = InventedDay.plan(5, 40, 1, 1_772_323_200_000L);
    private final BotTraffic traffic = new BotTraffic(day);

    @Test
    void theDayIsAllThereInItsOrder() {
        for (int event = 0; event < day.size(); event++) {
            assertThat(traffic.next(event * BotTraffic.STRIDE).value()).isEqualTo(day.value(event));
            assertThat(traffic.next(event * BotTraffic.STRIDE).userId())
                    .isEqualTo(day.userId(event));
        }
    }

    @Test
    void inBetweenTheBotActsUnderOneNameAtTheTimeOfTheDay() {
        Set<String> ids = new HashSet<>();
        for (int number = 0; number < traffic.count(); number++) {
            if (number % BotTraffic.STRIDE != 0) {
                Events.Event event = traffic.next(number);
                JsonNode json = CanonicalJson.parse(event.value());
                assertThat(event.channel()).isEqualTo("web");
                assertThat(json.path("anonymousId").asText()).isEqualTo(event.userId());
                assertThat(json.path("timestamp").asText())
                        .isEqualTo(day.time(number / BotTraffic.STRIDE));
                ids.add(json.path("messageId").asText());
            }
        }
        assertThat(ids).hasSize(day.size());
    }
}

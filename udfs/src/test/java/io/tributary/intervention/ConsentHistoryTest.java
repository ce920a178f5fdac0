package io.tributary.intervention;

import static io.tributary.intervention.Samples.at;
import static io.tributary.intervention.Samples.consentEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConsentHistoryTest {

    private static final String[] PURPOSES = {
        "", "\"purpose\":\"service\",", "\"purpose\":\"ads\","
    };
    private static final String[] CHANNELS = {"", "\"channel\":\"email\",", "\"channel\":\"web\","};

    @Test
    void theLastWordCountsBeItForOneChannelOrForAll() {
        ConsentHistory history =
                ConsentHistory.of(
                        List.of(
                                consentEvent("c", "11:00", "{\"granted\":false}"),
                                consentEvent(
                                        "a", "10:00", "{\"channel\":\"email\",\"granted\":true}"),
                                consentEvent(
                                        "b", "12:00", "{\"channel\":\"email\",\"granted\":true}")));
        assertThat(history.at(at("09:59"), "service", "email")).isEmpty();
        assertThat(history.at(at("10:00"), "service", "email")).contains(true);
        assertThat(history.at(at("11:00"), "service", "email")).contains(false);
        assertThat(history.at(at("12:00"), "service", "email")).contains(true);
        assertThat(history.at(at("12:00"), "service", "web")).contains(false);
    }

    @Test
    void equalTimesAreOrderedByEventId() {
        CustomerEvent yes = consentEvent("b", "11:00", "{\"granted\":true}");
        CustomerEvent no = consentEvent("a", "11:00", "{\"granted\":false}");
        assertThat(ConsentHistory.of(List.of(yes, no)).at(at("11:00"), null, "web")).contains(true);
    }

    @Test
    void otherEventsAndAnswersThatAreNoBooleanSayNothing() {
        assertThat(
                        ConsentHistory.of(
                                List.of(
                                        consentEvent("a", "11:00", "{\"granted\":\"yes\"}"),
                                        consentEvent("b", "11:00", "{}"),
                                        Samples.event(
                                                "c", "signed_up", "11:00", "{\"granted\":true}"))))
                .isEqualTo(ConsentHistory.EMPTY);
    }

    @Test
    void whatIsTrimmedDoesNotMatterAnyMoreAndTheOrderOfArrivalNever() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<CustomerEvent> events = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                events.add(consentEvent("c" + i, clock(random), said(random)));
            }
            ConsentHistory whole = ConsentHistory.of(events);
            Collections.shuffle(events, random);
            assertThat(ConsentHistory.of(events.subList(0, 15)).with(events)).isEqualTo(whole);
            ConsentHistory trimmed = whole.trimmed(at("10:30"));
            for (String clock : new String[] {"10:30", "10:45", "11:00"}) {
                for (String channel : new String[] {"email", "web", "chat"}) {
                    assertThat(trimmed.at(at(clock), "service", channel))
                            .as("seed %s", seed)
                            .isEqualTo(whole.at(at(clock), "service", channel));
                }
            }
            assertThat(whole.trimmed(Long.MAX_VALUE).consents()).hasSizeLessThanOrEqualTo(9);
        }
    }

    private static String clock(Random random) {
        return "10:" + (10 + random.nextInt(50));
    }

    private static String said(Random random) {
        return "{"
                + PURPOSES[random.nextInt(3)]
                + CHANNELS[random.nextInt(3)]
                + "\"granted\":"
                + random.nextBoolean()
                + "}";
    }
}

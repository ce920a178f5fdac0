package io.tributary.journey;

import static io.tributary.event.EventBuilder.START;
import static io.tributary.event.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventBuilder;
import io.tributary.identity.Hop;
import io.tributary.identity.Hop.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Why identifiers are one customer, folded from the paths of their events. */
class ExplanationTest {

    private static final SummaryFold FOLD = new SummaryFold(new JourneyCatalog(List.of()));
    private static final String ANNA = "user_id:anna";

    private final List<CustomerEvent> events = new ArrayList<>();
    private final Map<String, List<Hop>> paths = new HashMap<>();

    @Test
    void ofEachIdentifierTheReasonOfTheNewestEventIsTold() {
        happens(seen("1m", "tablet"), hop("tablet", ANNA, Rule.BACKFILL, "in"));
        happens(seen("3m", "tablet"), hop("tablet", ANNA, Rule.CLAIM, "in"));
        happens(seen("4m", "tablet"), hop("tablet", ANNA, Rule.CLAIM, "again"));
        assertThat(explanation(ANNA))
                .containsExactly(
                        "tablet claim of user_id:anna by again on web, 3 events: an event named"
                                + " both, and nobody else since");
    }

    @Test
    void aWayOverSeveralIdentifiersExplainsEachOfThem() {
        happens(
                seen("1m", "tablet"),
                hop("tablet", "email:a", Rule.CLAIM, "order"),
                hop("email:a", "user_id:old", Rule.HINT, "link"),
                hop("user_id:old", ANNA, Rule.ALIAS, "alias"));
        assertThat(explanation(ANNA))
                .containsExactly(
                        "email:a hint of user_id:old by link on web, 1 events: an event hints at"
                                + " it, and none says otherwise",
                        "tablet claim of email:a by order on web, 1 events: an event named both,"
                                + " and nobody else since",
                        "user_id:old alias of user_id:anna by alias on web, 1 events: one account"
                                + " was declared to be the other");
    }

    @Test
    void whatStoodInOneEventIsExplainedByTheFirstSuchEvent() {
        happens(event("1").after("1m").by("anonymous_id", "d").by("user_id", "anna"));
        happens(event("2").after("2m").by("anonymous_id", "d").by("user_id", "anna"));
        happens(
                event("3").after("3m").by("device_id", "x").by("email", "h"),
                hop("device_id:x", ANNA, Rule.CLAIM, "in"));
        assertThat(explanation(ANNA))
                .containsExactly(
                        "anonymous_id:d together of user_id:anna by 1 on test, 0 events: one event"
                                + " carries both",
                        "device_id:x claim of user_id:anna by in on web, 1 events: an event named"
                                + " both, and nobody else since",
                        "email:h together of device_id:x by 3 on test, 0 events: one event carries"
                                + " both");
    }

    @Test
    void guardsAreNamedAndTheirEventsCounted() {
        for (int i = 1; i <= 3; i++) {
            happens(
                    seen(i + "m", "tablet"),
                    Hop.Rule.SHARED,
                    "tablet",
                    hop("tablet", ANNA, Rule.CLAIM, "in"));
        }
        assertThat(explanation(ANNA))
                .containsExactly(
                        "tablet claim of user_id:anna by in on web, 3 events: an event named both,"
                                + " and nobody else since",
                        "tablet shared guard of null by null on null, 3 events: too many customers"
                                + " use it: only a fresh sign-in counts");
    }

    @Test
    void whatACrowdTurnedBackSaysOnlyWhoTheCrowdIs() {
        List<Hop> path =
                List.of(
                        hop("tablet", "user_id:till", Rule.CLAIM, "in"),
                        new Hop("user_id:till", "", Rule.CROWD, START, "", ""));
        EventBuilder seen = seen("1m", "tablet");
        events.add(seen.build());
        paths.put(seen.build().id(), path);
        assertThat(explanation("tablet"))
                .containsExactly(
                        "user_id:till crowd guard of null by null on null, 1 events: too many"
                                + " identifiers lead to it: they keep their own events");
    }

    @Test
    void beyondFiftyTheReasonsGivenLongestAgoAreLeftOut() {
        for (int i = 10; i < 70; i++) {
            happens(seen(i + "m", "tablet" + i), hop("tablet" + i, ANNA, Rule.CLAIM, "in" + i));
        }
        assertThat(explanation(ANNA))
                .hasSize(50)
                .first()
                .asString()
                .startsWith("tablet20 claim of");
    }

    @Test
    void aFoldCarriedOnFromAnyPointTellsTheSameReasons() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            events.clear();
            paths.clear();
            for (int i = 10; i < 30; i++) {
                String device = "d" + random.nextInt(4);
                Rule rule = Rule.values()[random.nextInt(Rule.values().length)];
                Hop hop = hop(device, "to" + random.nextInt(2), rule, "in" + random.nextInt(3));
                happens(
                        seen(i + "m", device).by("email", "e" + random.nextInt(3)),
                        random.nextInt(3) == 0 ? new Hop[0] : new Hop[] {hop});
            }
            CustomerSummary whole = FOLD.fold(CustomerSummary.EMPTY, events, paths);
            for (int cut = 0; cut <= events.size(); cut++) {
                CustomerSummary half =
                        FOLD.fold(CustomerSummary.EMPTY, events.subList(0, cut), paths).atTrim();
                assertThat(FOLD.fold(half, events.subList(cut, events.size()), paths).reasons())
                        .as("seed %d, cut at %d", seed, cut)
                        .isEqualTo(whole.reasons());
            }
        }
    }

    private static EventBuilder seen(String after, String device) {
        return event("at" + after).after(after).by("anonymous_id", device);
    }

    private static Hop hop(String from, String to, Rule rule, String event) {
        return new Hop(from, to, rule, START, event, "web");
    }

    private void happens(EventBuilder event, Hop... path) {
        CustomerEvent happened = event.build();
        events.add(happened);
        if (path.length > 0) {
            paths.put(happened.id(), List.of(path));
        }
    }

    private void happens(EventBuilder event, Rule guard, String guarded, Hop hop) {
        happens(event, new Hop(guarded, "", guard, START, "", ""), hop);
    }

    private List<String> explanation(String customer) {
        CustomerSummary summary = FOLD.fold(CustomerSummary.EMPTY, events, paths);
        List<String> lines = new ArrayList<>();
        JsonNode data = new CustomerDocument(customer, summary, 1).data();
        for (JsonNode reason : CanonicalJson.parse(CanonicalJson.bytes(data)).get("explanation")) {
            lines.add(
                    "%s %s%s of %s by %s on %s, %d events: %s"
                            .formatted(
                                    reason.get("identifier").asText(),
                                    reason.get("rule").asText(),
                                    reason.get("guard").asBoolean() ? " guard" : "",
                                    reason.get("of").asText(),
                                    reason.get("event").asText(),
                                    reason.get("source").asText(),
                                    reason.get("events").asLong(),
                                    reason.get("because").asText()));
        }
        return lines;
    }
}

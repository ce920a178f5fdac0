package io.tributary.journey;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.identity.Hop;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The single view of a customer, as it goes to Kafka and Elasticsearch.
 *
 * @param customer id
 * @param summary what is known; null summary contents mean the customer is emptied
 * @param revision rises with every change
 */
public record CustomerDocument(String customer, CustomerSummary summary, long revision) {

    private static final Comparator<Reason> BY_IDENTIFIER =
            Comparator.comparing((Reason reason) -> reason.hop().from())
                    .thenComparing(reason -> reason.hop().rule());

    /** Of each journey the document shows the newest visits only. */
    private static final int MOST_VISITS = 100;

    /** Whether no event is left, so that the document has to be deleted. */
    public boolean isEmptied() {
        return summary.isEmpty();
    }

    /** The document, {@code revision} included. */
    public ObjectNode data() {
        ObjectNode json = CanonicalJson.object();
        json.put("id", customer);
        ArrayNode identifiers = json.putArray("identifiers");
        summary.identifiers().forEach(identifiers::add);
        ArrayNode explanation = json.putArray("explanation");
        summary.reasons().stream()
                .filter(reason -> !isItself(reason))
                .sorted(BY_IDENTIFIER)
                .forEach(reason -> explanation.add(explained(reason)));
        ArrayNode journeys = json.putArray("journeys");
        for (JourneyState state : summary.states()) {
            journeys.add(journey(state));
        }
        ArrayNode touchpoints = json.putArray("touchpoints");
        for (Touchpoint touchpoint : summary.touchpoints()) {
            touchpoints
                    .addObject()
                    .put("event", touchpoint.event())
                    .put("type", touchpoint.type())
                    .put("channel", touchpoint.channel())
                    .put("time", EventTime.format(touchpoint.time()));
        }
        json.put("channelSwitches", summary.channelSwitches());
        json.put("updatedAt", EventTime.format(summary.updatedAt()));
        json.put("revision", revision);
        return json;
    }

    /** The customer's own identifier needs no reason; what kept it from others is one. */
    private boolean isItself(Reason reason) {
        return reason.hop().from().equals(customer) && !reason.isGuard();
    }

    private ObjectNode explained(Reason reason) {
        Hop hop = reason.hop();
        ObjectNode json = CanonicalJson.object();
        json.put("identifier", hop.from());
        json.put("rule", hop.rule().name().toLowerCase(Locale.ROOT));
        json.put("guard", reason.isGuard());
        json.put("because", because(hop.rule()));
        json.put("of", !hop.to().isEmpty() ? hop.to() : reason.isGuard() ? null : customer);
        json.put("time", EventTime.format(hop.time()));
        json.put("event", hop.event().isEmpty() ? null : hop.event());
        json.put("source", hop.source().isEmpty() ? null : hop.source());
        json.put("events", reason.events());
        return json;
    }

    /** The rule in an analyst's words, to stand after "because". */
    private static String because(Hop.Rule rule) {
        return switch (rule) {
            case CLAIM -> "an event named both, and nobody else since";
            case BACKFILL -> "an event named both later, and nobody before";
            case HINT -> "an event hints at it, and none says otherwise";
            case BEFORE_LOGOUT -> "an event named both before the logout, and nobody since";
            case ALIAS -> "one account was declared to be the other";
            case TOGETHER -> "one event carries both";
            case UNLINKED -> "the link was taken back";
            case SHARED -> "too many customers use it: only a fresh sign-in counts";
            case CROWD -> "too many identifiers lead to it: they keep their own events";
            case BUSY -> "it makes more events or claims than a person: they stay with it";
            case OPTED_OUT -> "whoever uses it opted out of being recognised";
        };
    }

    private ObjectNode journey(JourneyState state) {
        ObjectNode json = CanonicalJson.object();
        json.put("journey", state.journey());
        json.put("stage", state.stage());
        json.put("begunAt", EventTime.format(state.begunAt()));
        json.put("enteredAt", EventTime.format(state.enteredAt()));
        json.put("ended", state.ended());
        json.put("goalReached", state.goalReached());
        long until = state.ended() ? state.seenAt() : summary.updatedAt();
        json.put("timeInStageMs", until - state.enteredAt());
        ArrayNode visits = json.putArray("visits");
        List<StageVisit> ofJourney =
                summary.visits().stream()
                        .filter(visit -> visit.journey().equals(state.journey()))
                        .toList();
        int first = Math.max(0, ofJourney.size() - MOST_VISITS);
        for (StageVisit visit : ofJourney.subList(first, ofJourney.size())) {
            ObjectNode entry = visits.addObject();
            entry.put("stage", visit.stage());
            entry.put("enteredAt", EventTime.format(visit.enteredAt()));
            if (visit.isOver()) {
                entry.put("leftAt", EventTime.format(visit.leftAt()));
                entry.put("dwellMs", visit.leftAt() - visit.enteredAt());
            }
        }
        return json;
    }
}

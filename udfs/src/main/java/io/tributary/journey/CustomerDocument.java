package io.tributary.journey;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import java.util.List;

/**
 * The single view of a customer, as it goes to Kafka and Elasticsearch.
 *
 * @param customer id
 * @param summary what is known; null summary contents mean the customer is emptied
 * @param revision rises with every change
 */
public record CustomerDocument(String customer, CustomerSummary summary, long revision) {

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

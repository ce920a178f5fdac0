package io.tributary.journey;

import io.tributary.event.CustomerEvent;
import java.util.List;

/**
 * What is known of a customer after the events so far: a fold over the log, so it can be carried on
 * from where the log was trimmed.
 *
 * @param identifiers keys of all identifiers seen, sorted
 * @param reasons why these identifiers are one customer, and what kept events from others; at most
 *     {@value Explanation#MOST_REASONS}, the one that an event gave last at the end
 * @param states one per journey that began, sorted by journey
 * @param visits stays in stages since the log's beginning, in the order they began
 * @param touchpoints the last ones, newest first, at most {@link SummaryFold#TOUCHPOINTS}
 * @param channelSwitches how often an event came on another channel than the one before
 * @param consents the consent events that still count, oldest first
 * @param updatedAt time of the newest event, epoch milliseconds
 */
public record CustomerSummary(
        List<String> identifiers,
        List<Reason> reasons,
        List<JourneyState> states,
        List<StageVisit> visits,
        List<Touchpoint> touchpoints,
        long channelSwitches,
        List<CustomerEvent> consents,
        long updatedAt) {

    /** A customer of whom nothing is known. */
    public static final CustomerSummary EMPTY =
            new CustomerSummary(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    0,
                    List.of(),
                    Long.MIN_VALUE);

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return updatedAt == Long.MIN_VALUE;
    }

    /** The same with no finished visits: what has to be remembered where a log is trimmed. */
    public CustomerSummary atTrim() {
        return new CustomerSummary(
                identifiers,
                reasons,
                states,
                visits.stream().filter(visit -> !visit.isOver()).toList(),
                touchpoints,
                channelSwitches,
                consents,
                updatedAt);
    }
}

package io.tributary.customer;

import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import io.tributary.ledger.LedgerEntry;
import io.tributary.pattern.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The live evaluation of one customer whose events are known already: each comes at its time of
 * receipt, and a deadline fires when the watermark, which stays behind the time of receipt by a
 * fixed delay, has passed it. So what it tells too early is a function of the set of events.
 *
 * <p>The customer has the events that are theirs in the end from the start: what a later login
 * moves from one customer to another is not told apart here.
 */
final class ArrivalReplay {

    private static final Comparator<CustomerEvent> BY_RECEIPT =
            Comparator.comparingLong(CustomerEvent::receivedTime)
                    .thenComparing(CustomerEvent.BY_TIME_THEN_ID);

    private final CustomerEvaluator evaluator;
    private final Evaluation evaluation;

    /** Pain points told so far, by id. */
    private final Map<String, Telling> tellings = new LinkedHashMap<>();

    private static final class Telling {
        private final long toldAt;
        private final Set<Match> standing = new HashSet<>();
        private LedgerEntry last;
        private long takenBackAt;

        Telling(long toldAt, LedgerEntry first) {
            this.toldAt = toldAt;
            this.last = first;
        }
    }

    ArrivalReplay(CustomerEvaluator evaluator, Evaluation evaluation) {
        this.evaluator = evaluator;
        this.evaluation = evaluation;
    }

    /**
     * What is told and not found with hindsight, in the order of telling.
     *
     * @param log all events of the customer up to the end, in order
     */
    List<Retraction> retractions(String id, List<CustomerEvent> log) {
        if (isPrompt(log)) {
            return List.of();
        }
        replay(id, log);
        List<Retraction> retractions = new ArrayList<>();
        for (Telling telling : tellings.values()) {
            if (telling.standing.isEmpty()) {
                retractions.add(new Retraction(telling.last, telling.toldAt, telling.takenBackAt));
            }
        }
        return retractions;
    }

    /** Whether every event came in order and before the watermark: then nothing is taken back. */
    private boolean isPrompt(List<CustomerEvent> log) {
        long received = Long.MIN_VALUE;
        for (CustomerEvent event : log) {
            if (event.receivedTime() < received
                    || event.receivedTime() - event.time() > evaluation.watermarkDelay()) {
                return false;
            }
            received = event.receivedTime();
        }
        return true;
    }

    private void replay(String id, List<CustomerEvent> log) {
        Customer customer =
                new Customer(
                        id,
                        CustomerState.NEW,
                        evaluator.patterns(),
                        evaluator.fold(),
                        CustomerLog.Stored.NOTHING);
        for (CustomerEvent event : log.stream().sorted(BY_RECEIPT).toList()) {
            long watermark =
                    Math.min(event.receivedTime() - evaluation.watermarkDelay(), evaluation.end());
            fireTo(customer, watermark);
            note(
                    evaluator.onAssignment(customer, Assignment.plus(id, event), watermark),
                    event.receivedTime());
        }
        fireTo(customer, evaluation.end());
    }

    /** One deadline after the other, each at its own time. */
    private void fireTo(Customer customer, long watermark) {
        for (long due = customer.nextWake(); due <= watermark; ) {
            note(evaluator.onDeadline(customer, due), due);
            long next = customer.nextWake();
            due = next > due ? next : watermark + 1;
        }
    }

    private void note(CustomerChange change, long time) {
        for (LedgerEntry entry : change.entries()) {
            if (entry.isAssertion()) {
                Telling telling =
                        tellings.computeIfAbsent(
                                entry.painPoint(), first -> new Telling(time, entry));
                telling.last = entry;
                telling.standing.add(entry.match());
            } else {
                Telling telling = tellings.get(entry.painPoint());
                if (telling != null) {
                    telling.standing.remove(entry.match());
                    telling.takenBackAt = time;
                }
            }
        }
    }
}

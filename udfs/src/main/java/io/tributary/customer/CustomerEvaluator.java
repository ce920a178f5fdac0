package io.tributary.customer;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import io.tributary.identity.Assignment;
import io.tributary.identity.Hop;
import io.tributary.intervention.InterventionPolicy;
import io.tributary.intervention.Policy;
import io.tributary.journey.CustomerDocument;
import io.tributary.journey.CustomerSummary;
import io.tributary.journey.JourneyCatalog;
import io.tributary.journey.LogEntry;
import io.tributary.journey.SummaryFold;
import io.tributary.ledger.LedgerEntry;
import io.tributary.pattern.PatternLibrary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one customer's log: pain points, decisions, stages, the document; and what of
 * it is new. The outcome depends on the set of events only; how it is reached depends on the order
 * of their arrival.
 */
public final class CustomerEvaluator implements AutoCloseable {

    private final PatternLibrary patterns;
    private final SummaryFold fold;
    private final Matcher matcher;
    private final Teller teller;
    private final LibraryHistory history;

    public CustomerEvaluator(PatternLibrary patterns, SummaryFold fold, InterventionPolicy policy) {
        this(patterns, fold, new Teller(policy), new LibraryHistory());
    }

    private CustomerEvaluator(
            PatternLibrary patterns, SummaryFold fold, Teller teller, LibraryHistory history) {
        this.patterns = patterns;
        this.fold = fold;
        this.matcher = new Matcher(patterns);
        this.teller = teller;
        this.history = history;
    }

    /**
     * The same with other definitions.
     *
     * @param library what is found from now on
     * @param earlier the libraries that customers may have been evaluated with
     */
    CustomerEvaluator with(PatternLibrary library, LibraryHistory earlier) {
        return new CustomerEvaluator(library, fold, teller, earlier);
    }

    /**
     * @throws io.tributary.definition.DefinitionException if the definitions have problems
     */
    public static CustomerEvaluator compile(Definitions definitions) {
        Problems problems = new Problems();
        EventCatalog events = EventCatalog.read(definitions, problems);
        JourneyCatalog journeys = JourneyCatalog.read(definitions, events, problems);
        Policy policy = Policy.read(definitions, problems);
        PatternLibrary patterns = PatternLibrary.compile(definitions, events, problems);
        problems.throwIfAny();
        return new CustomerEvaluator(
                patterns, new SummaryFold(journeys), new InterventionPolicy(policy));
    }

    PatternLibrary patterns() {
        return patterns;
    }

    SummaryFold fold() {
        return fold;
    }

    LogTrim trim(Horizon horizon) {
        return new LogTrim(patterns, fold, horizon);
    }

    /**
     * An event comes to or leaves the customer.
     *
     * @param advancedTo watermark
     */
    CustomerChange onAssignment(Customer customer, Assignment assignment, long advancedTo) {
        CustomerEvent event = assignment.event();
        customer.dirty = true;
        Findings findings = new Findings();
        catchUp(customer, advancedTo, findings);
        boolean isNew = !customer.ids.contains(event.id());
        if (isNew && customer.isNext(event)) {
            return next(customer, assignment, advancedTo, findings);
        }
        LogEntry before = isNew ? LogEntry.ABSENT : customer.log.entry(event.id());
        LogEntry after = before.with(event, assignment.path(), assignment.sign());
        if (before.event().equals(after.event())) {
            if (!before.path().equals(after.path())) {
                return explained(customer, after, assignment, findings);
            }
            customer.log.add(assignment);
            return told(customer, null, findings, null, null);
        }
        EventChange change =
                new EventChange(before.event().orElse(null), after.event().orElse(null));
        return otherwise(customer, change, after.path(), assignment, advancedTo, findings);
    }

    /** The definitions may have changed since this customer was last seen. */
    private void catchUp(Customer customer, long advancedTo, Findings findings) {
        if (customer.library != patterns.fingerprint()) {
            if (customer.ids.size() == 0) {
                customer.library = patterns.fingerprint();
            } else {
                matcher.catchUp(customer, history, advancedTo, findings);
            }
        }
    }

    private CustomerChange next(
            Customer customer, Assignment assignment, long advancedTo, Findings findings) {
        CustomerEvent event = assignment.event();
        matcher.step(customer, event, advancedTo, findings);
        CustomerSummary before = customer.summary;
        List<Hop> path = assignment.path();
        customer.log.append(event, path, before);
        customer.log.add(assignment);
        CustomerSummary after =
                fold.fold(
                        before,
                        List.of(event),
                        path.isEmpty() ? Map.of() : Map.of(event.id(), path));
        customer.summary = after;
        customer.lastId = event.id();
        return changed(customer, new EventChange(null, event), findings, before, after);
    }

    /**
     * An event that is not the next: earlier than another, taken back, or another record of one.
     */
    private CustomerChange otherwise(
            Customer customer,
            EventChange change,
            List<Hop> path,
            Assignment assignment,
            long advancedTo,
            Findings findings) {
        CustomerEvent gone = change.before();
        CustomerEvent come = change.after();
        long earliest =
                Math.min(
                        gone == null ? Long.MAX_VALUE : gone.time(),
                        come == null ? Long.MAX_VALUE : come.time());
        customer.log.since(earliest);
        CustomerSummary before = customer.log.summary();
        if (gone != null) {
            customer.log.remove(gone);
        }
        if (come != null) {
            customer.log.insert(come, path);
        }
        customer.log.add(assignment);
        CustomerSummary after = customer.log.summary();
        customer.summary = after;
        customer.lastId = customer.log.lastId();
        matcher.replay(customer, gone, come, advancedTo, findings);
        return told(customer, change, findings, before, after);
    }

    /** The event stays, but came for another reason. */
    private CustomerChange explained(
            Customer customer, LogEntry entry, Assignment assignment, Findings findings) {
        entry.event().ifPresent(event -> customer.log.explain(event, entry.path()));
        customer.log.add(assignment);
        CustomerSummary after = customer.log.summary();
        boolean same = after.reasons().equals(customer.summary.reasons());
        customer.summary = after;
        List<LedgerEntry> entries = teller.tell(customer, findings);
        return new CustomerChange(null, entries, null, same ? null : document(customer));
    }

    private static CustomerDocument document(Customer customer) {
        customer.revision = nextRevision(customer.revision, customer.summary);
        return new CustomerDocument(customer.id, customer.summary, customer.revision);
    }

    private CustomerChange told(
            Customer customer,
            @Nullable EventChange change,
            Findings findings,
            @Nullable CustomerSummary before,
            @Nullable CustomerSummary after) {
        if (before == null || after == null || after.equals(before)) {
            return new CustomerChange(change, teller.tell(customer, findings), null, null);
        }
        return changed(customer, change, findings, before, after);
    }

    private CustomerChange changed(
            Customer customer,
            @Nullable EventChange change,
            Findings findings,
            CustomerSummary before,
            CustomerSummary after) {
        List<LedgerEntry> entries = teller.tell(customer, findings);
        return new CustomerChange(
                change,
                entries,
                StageChange.between(before.visits(), after.visits()),
                document(customer));
    }

    /** Event time has passed a deadline of this customer. */
    CustomerChange onDeadline(Customer customer, long advancedTo) {
        customer.dirty = true;
        Findings findings = new Findings();
        catchUp(customer, advancedTo, findings);
        matcher.advance(customer, advancedTo, findings);
        return told(customer, null, findings, null, null);
    }

    /** The log was cut. */
    void onTrim(Customer customer) {
        matcher.restoreAll(customer);
    }

    /** An event comes to or leaves the customer of a bounded run, to be evaluated at its end. */
    CustomerChange record(Customer customer, Assignment assignment) {
        CustomerEvent event = assignment.event();
        customer.dirty = true;
        LogEntry before =
                customer.ids.contains(event.id())
                        ? customer.log.entry(event.id())
                        : LogEntry.ABSENT;
        LogEntry after = before.with(event, assignment.path(), assignment.sign());
        customer.log.add(assignment);
        return before.event().equals(after.event())
                ? CustomerChange.NONE
                : new CustomerChange(
                        new EventChange(before.event().orElse(null), after.event().orElse(null)),
                        List.of(),
                        null,
                        null);
    }

    /** What an erasure has left is evaluated anew; the document is emptied if nothing is. */
    CustomerChange afterErasure(Customer customer, CustomerSummary before, long advancedTo) {
        Findings findings = new Findings();
        catchUp(customer, advancedTo, findings);
        return told(customer, null, findings, before, customer.summary);
    }

    /** All that follows from the recorded log. */
    CustomerChange atEnd(Customer customer, long end) {
        customer.dirty = true;
        List<CustomerEvent> log = customer.log.load();
        CustomerSummary before = customer.summary;
        CustomerSummary after = customer.log.summary();
        customer.summary = after;
        Findings findings = new Findings();
        matcher.atEnd(customer, log, end, findings);
        return told(customer, null, findings, before, after);
    }

    /**
     * What a live job would have told of a customer of a bounded run, and taken back, because
     * events were received late or out of order.
     */
    List<Retraction> retractions(Customer customer, Evaluation evaluation) {
        return new ArrivalReplay(this, evaluation).retractions(customer.id, customer.log.all());
    }

    /**
     * Rises with each telling, also over the life of a state: a customer who comes back after the
     * horizon starts from the time of the newest event, which is above any count reached before.
     */
    private static long nextRevision(long revision, CustomerSummary summary) {
        return Math.max(revision + 1, summary.updatedAt());
    }

    @Override
    public void close() {
        patterns.close();
    }
}

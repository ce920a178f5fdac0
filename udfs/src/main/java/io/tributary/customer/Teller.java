package io.tributary.customer;

import io.tributary.customer.Findings.Found;
import io.tributary.customer.Told.Withdrawn;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Hop;
import io.tributary.intervention.ConsentHistory;
import io.tributary.intervention.CustomerContext;
import io.tributary.intervention.Decision;
import io.tributary.intervention.InterventionPolicy;
import io.tributary.journey.CustomerSummary;
import io.tributary.journey.SummaryFold;
import io.tributary.journey.Touchpoint;
import io.tributary.ledger.LedgerEntry;
import io.tributary.ledger.PainPointStatus;
import io.tributary.pattern.InterventionSpec;
import io.tributary.pattern.Match;
import io.tributary.pattern.Mode;
import io.tributary.pattern.PatternDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides about what was found, and remembers what was told. */
final class Teller {

    private final InterventionPolicy policy;

    Teller(InterventionPolicy policy) {
        this.policy = policy;
    }

    /** The entries for the ledger; each pain point of one version is told once. */
    List<LedgerEntry> tell(Customer customer, Findings findings) {
        if (findings.isEmpty()) {
            return List.of();
        }
        Told told = customer.told();
        List<LedgerEntry> asserted = new ArrayList<>(told.asserted());
        List<Decision> decisions = new ArrayList<>(told.decisions());
        List<LedgerEntry> entries = new ArrayList<>();
        if (!findings.withdrawn().isEmpty()) {
            asserted.removeAll(findings.withdrawn());
        }
        // what replaces a withdrawn assertion goes first: in between the pain point would be gone
        for (Found found : findings.found()) {
            if (!isAmong(asserted, found.match())) {
                LedgerEntry entry = entry(customer, found, decisions);
                asserted.add(entry);
                entries.add(entry);
            }
        }
        findings.withdrawn().forEach(entry -> entries.add(entry.withdrawn()));
        if (!entries.isEmpty()) {
            customer.tell(new Told(asserted, decisions, withdrawn(told, findings)));
        }
        return entries;
    }

    private static boolean isAmong(List<LedgerEntry> asserted, Match match) {
        for (LedgerEntry entry : asserted) {
            if (entry.match().version() == match.version()
                    && entry.match().id().equals(match.id())) {
                return true;
            }
        }
        return false;
    }

    private static List<Withdrawn> withdrawn(Told told, Findings findings) {
        if (findings.withdrawn().isEmpty()) {
            return told.withdrawn();
        }
        Set<Withdrawn> all = new LinkedHashSet<>(told.withdrawn());
        findings.withdrawn()
                .forEach(entry -> all.add(new Withdrawn(entry.painPoint(), entry.match().end())));
        return new ArrayList<>(all);
    }

    private LedgerEntry entry(Customer customer, Found found, List<Decision> decisions) {
        Match match = found.match();
        PatternDefinition definition = found.definition();
        InterventionSpec spec = definition.intervention();
        Decision decision = null;
        if (spec != null && !found.open()) {
            decision =
                    policy.decide(
                            match,
                            spec,
                            definition.mode() == Mode.SHADOW,
                            context(customer, match, spec, decisions));
            if (!decisions.contains(decision)) {
                decisions.add(decision);
            }
        }
        return new LedgerEntry(
                match.id(),
                customer.id,
                LedgerEntry.ASSERTED,
                found.open() ? PainPointStatus.OPEN : PainPointStatus.DETECTED,
                match,
                definition.severity().name().toLowerCase(Locale.ROOT),
                definition.journey(),
                decision);
    }

    private static CustomerContext context(
            Customer customer, Match match, InterventionSpec spec, List<Decision> decisions) {
        long time = match.detectedAt();
        CustomerSummary summary = customer.summary;
        // newest first
        boolean touchpointsSuffice =
                summary.touchpoints().isEmpty() || summary.touchpoints().get(0).time() <= time;
        String drawnBy = spec.holdout() > 0 ? drawnBy(customer, match) : customer.id;
        if (touchpointsSuffice) {
            return new CustomerContext(
                    customer.id,
                    drawnBy,
                    ConsentHistory.of(summary.consents()),
                    decisions,
                    summary.touchpoints());
        }
        CustomerSummary earlier = customer.log.earlier(time);
        List<CustomerEvent> later = customer.log.later();
        return new CustomerContext(
                customer.id,
                drawnBy,
                isSaidBy(summary.consents(), time)
                        ? ConsentHistory.of(summary.consents())
                        : ConsentHistory.of(earlier.consents()).with(later),
                decisions,
                touchpoints(earlier, later, time));
    }

    /** What the last event of a match named its customer by. */
    private static String drawnBy(Customer customer, Match match) {
        Set<String> ids = new HashSet<>();
        match.events().values().forEach(ids::addAll);
        return newest(customer.log.later(), ids)
                .or(() -> newest(customer.log.all(), ids))
                .map(event -> customer.log.paths().getOrDefault(event.id(), List.of()))
                .map(path -> Hop.named(path, customer.id))
                .orElse(customer.id);
    }

    private static Optional<CustomerEvent> newest(List<CustomerEvent> log, Set<String> ids) {
        for (int i = log.size() - 1; i >= 0; i--) {
            if (ids.contains(log.get(i).id())) {
                return Optional.of(log.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean isSaidBy(List<CustomerEvent> consents, long time) {
        for (CustomerEvent consent : consents) {
            if (consent.time() > time) {
                return false;
            }
        }
        return true;
    }

    /** The newest touchpoints at or before {@code time}, newest first. */
    private static List<Touchpoint> touchpoints(
            CustomerSummary earlier, List<CustomerEvent> later, long time) {
        List<Touchpoint> last = new ArrayList<>(SummaryFold.TOUCHPOINTS);
        for (int i = later.size() - 1; i >= 0 && last.size() < SummaryFold.TOUCHPOINTS; i--) {
            if (later.get(i).time() <= time) {
                last.add(Touchpoint.of(later.get(i)));
            }
        }
        last.addAll(
                earlier.touchpoints()
                        .subList(
                                0,
                                Math.min(
                                        SummaryFold.TOUCHPOINTS - last.size(),
                                        earlier.touchpoints().size())));
        return last;
    }
}

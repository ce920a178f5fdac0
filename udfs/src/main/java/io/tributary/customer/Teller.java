package io.tributary.customer;

import io.tributary.customer.Findings.Found;
import io.tributary.customer.Told.Asserted;
import io.tributary.customer.Told.Withdrawn;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Hop;
import io.tributary.intervention.ConsentHistory;
import io.tributary.intervention.CustomerContext;
import io.tributary.intervention.Decision;
import io.tributary.intervention.InterventionPolicy;
import io.tributary.intervention.PastDecision;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides about what was found, and remembers what was told. A decision is made once: if the pain
 * point had one, that one is the answer.
 */
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
        List<Asserted> asserted = new ArrayList<>(told.asserted());
        List<PastDecision> decisions = new ArrayList<>(told.decisions());
        List<LedgerEntry> entries = new ArrayList<>();
        List<LedgerEntry> withdrawn = withdrawn(customer, findings.withdrawn());
        asserted.removeAll(findings.withdrawn());
        // what replaces a withdrawn assertion goes first: in between the pain point would be gone
        for (Found found : findings.found()) {
            if (!isAmong(asserted, found.match())) {
                LedgerEntry entry = entry(customer, found, decisions);
                asserted.add(Asserted.of(found.match()));
                entries.add(entry);
                customer.log.tell(entry);
            }
        }
        entries.addAll(withdrawn);
        if (!entries.isEmpty()) {
            customer.tell(new Told(asserted, decisions, allWithdrawn(told, findings)));
        }
        return entries;
    }

    private static boolean isAmong(List<Asserted> asserted, Match match) {
        for (Asserted one : asserted) {
            if (one.version() == match.version() && one.painPoint().equals(match.id())) {
                return true;
            }
        }
        return false;
    }

    private static List<LedgerEntry> withdrawn(Customer customer, List<Asserted> gone) {
        if (gone.isEmpty()) {
            return List.of();
        }
        Map<Asserted, LedgerEntry> told = new HashMap<>();
        customer.log.told().forEach(entry -> told.put(Asserted.of(entry.match()), entry));
        return gone.stream().map(one -> remembered(told.get(one)).withdrawn()).toList();
    }

    private static <T> T remembered(@Nullable T told) {
        if (told == null) {
            throw new IllegalStateException("a customer's log lacks what was told");
        }
        return told;
    }

    private static List<Withdrawn> allWithdrawn(Told told, Findings findings) {
        if (findings.withdrawn().isEmpty()) {
            return told.withdrawn();
        }
        Set<Withdrawn> all = new LinkedHashSet<>(told.withdrawn());
        findings.withdrawn().forEach(one -> all.add(new Withdrawn(one.painPoint(), one.end())));
        return new ArrayList<>(all);
    }

    private LedgerEntry entry(Customer customer, Found found, List<PastDecision> decisions) {
        Match match = found.match();
        PatternDefinition definition = found.definition();
        InterventionSpec spec = definition.intervention();
        Decision decision = null;
        if (spec != null && !found.open()) {
            if (isDecided(decisions, match)) {
                decision = made(customer, match);
            } else {
                decision =
                        policy.decide(
                                match,
                                spec,
                                definition.mode() == Mode.SHADOW,
                                context(customer, match, spec, decisions));
                decisions.add(PastDecision.of(decision));
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

    private static boolean isDecided(List<PastDecision> decisions, Match match) {
        for (PastDecision decision : decisions) {
            if (decision.painPoint().equals(match.id())) {
                return true;
            }
        }
        return false;
    }

    private static Decision made(Customer customer, Match match) {
        return remembered(
                customer.log.told().stream()
                        .map(LedgerEntry::decision)
                        .filter(made -> made != null && made.painPoint().equals(match.id()))
                        .findFirst()
                        .orElse(null));
    }

    private static CustomerContext context(
            Customer customer, Match match, InterventionSpec spec, List<PastDecision> decisions) {
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

package io.tributary.identity;

import io.tributary.erasure.Erasure;
import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.event.Namespace;
import io.tributary.event.Namespaces;
import io.tributary.event.Namespaces.Standing;
import io.tributary.event.Tier;
import io.tributary.identity.IdentitySettings.Logout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What one event says about the identifiers that it carries (rules 2 to 4, 6 and 11). */
public final class EventClaims {

    /** The event type that ends what its identifiers were to each other. */
    static final String LOGOUT = "signed_out";

    /** The event type that takes back the links between its identifiers. */
    static final String UNLINK = "identifiers_unlinked";

    /** The event type that declares one account to be another. */
    static final String ALIAS = "identifiers_aliased";

    /** The event type that asks for a customer's erasure. */
    static final String ERASURE = "erasure_requested";

    /** The event type from which on its identifiers are to be linked with nothing. */
    static final String OPT_OUT = "stitching_opted_out";

    /** The event type that allows it again. */
    static final String OPT_IN = "stitching_opted_in";

    /** Property of an alias and its unlink: key of the account that stands for the event's own. */
    static final String PREVIOUS = "previous_user_id";

    /**
     * One account declared to be another, or no longer.
     *
     * @param from key of the account that is another one
     * @param to key of the one that it is
     * @param voided whether this takes edges up to its time back
     */
    public record AliasEdge(
            String from, String to, long time, String event, String source, boolean voided) {}

    private final Namespaces namespaces;
    private final IdentitySettings settings;
    private final TopIdentifier top;
    private final Set<String> accounts;

    public EventClaims(Namespaces namespaces, IdentitySettings settings) {
        this.namespaces = namespaces;
        this.settings = settings;
        this.top = new TopIdentifier(namespaces);
        this.accounts =
                namespaces.byRank().stream()
                        .filter(namespace -> namespace.tier() == Tier.ACCOUNT)
                        .map(Namespace::name)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Key of the identifier that the event is routed to. */
    public String top(CustomerEvent event) {
        return topOf(event).key();
    }

    private Identifier topOf(CustomerEvent event) {
        return top.of(event)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "ingest lets no event without identifier pass"));
    }

    /** Keys of the asserted identifiers of a lower rank than the top. */
    public List<String> lower(CustomerEvent event) {
        if (event.identifiers().size() == 1) {
            return List.of();
        }
        Identifier highest = topOf(event);
        List<String> lower = new ArrayList<>();
        for (Identifier identifier : event.identifiers()) {
            if (stands(event, identifier, Standing.ASSERTED) && rank(identifier) < rank(highest)) {
                lower.add(identifier.key());
            }
        }
        return lower;
    }

    /**
     * Those lower identifiers that lead to the top, and so count for a crowd: all of them, except
     * where the event takes links back.
     */
    List<String> leading(CustomerEvent event) {
        return event.type().equals(UNLINK) || isChoice(event) ? List.of() : lower(event);
    }

    /** What is to be told to identifiers, the top itself among them. */
    public List<IdentityMessage> messages(CustomerEvent event) {
        if (event.identifiers().size() == 1 && !event.type().equals(LOGOUT) && !isChoice(event)) {
            return List.of(); // it says nothing about anything but itself
        }
        Identifier highest = topOf(event);
        List<String> lower = lower(event);
        List<IdentityMessage> messages = new ArrayList<>();
        if (event.type().equals(UNLINK)) {
            Entry unlinked = entry(event, Entry.Kind.CLAIM, highest.key());
            lower.forEach(key -> messages.add(IdentityMessage.unlink(key, unlinked)));
            return messages;
        }
        if (isChoice(event)) {
            boolean out = event.type().equals(OPT_OUT);
            Entry chosen = entry(event, out ? Entry.Kind.OPT_OUT : Entry.Kind.OPT_IN, "");
            lower.forEach(key -> messages.add(IdentityMessage.entry(key, chosen)));
            if (lower.isEmpty() && canEnd(event, highest)) {
                messages.add(IdentityMessage.entry(highest.key(), chosen));
            }
            return messages;
        }
        boolean ends = event.type().equals(LOGOUT) && settings.logout() != Logout.KEEP;
        Entry said =
                ends
                        ? entry(event, Entry.Kind.END, "")
                        : entry(event, Entry.Kind.CLAIM, highest.key());
        lower.forEach(key -> messages.add(IdentityMessage.entry(key, said)));
        if (ends && lower.isEmpty() && canEnd(event, highest)) {
            messages.add(IdentityMessage.entry(highest.key(), said));
        }
        addHints(event, messages);
        return messages;
    }

    private static boolean isChoice(CustomerEvent event) {
        return event.type().equals(OPT_OUT) || event.type().equals(OPT_IN);
    }

    /** The customer that an event asks to erase: the highest identifier that it carries. */
    public Optional<Erasure> erasure(CustomerEvent event) {
        return event.type().equals(ERASURE)
                ? Optional.of(new Erasure(event.id(), top(event), event.time()))
                : Optional.empty();
    }

    private boolean canEnd(CustomerEvent event, Identifier identifier) {
        return stands(event, identifier, Standing.ASSERTED) && !isAccount(identifier.key());
    }

    private void addHints(CustomerEvent event, List<IdentityMessage> messages) {
        Optional<Identifier> hint =
                settings.hints()
                        ? event.identifiers().stream()
                                .filter(identifier -> stands(event, identifier, Standing.HINT))
                                .min(top.topFirst())
                        : Optional.empty();
        if (hint.isEmpty()) {
            return;
        }
        Entry weak = entry(event, Entry.Kind.WEAK, hint.get().key());
        for (Identifier identifier : event.identifiers()) {
            if (stands(event, identifier, Standing.ASSERTED)
                    && rank(identifier) < rank(hint.get())) {
                messages.add(IdentityMessage.entry(identifier.key(), weak));
            }
        }
    }

    /** What the event says about accounts being one. */
    public Optional<AliasEdge> alias(CustomerEvent event) {
        boolean voided = event.type().equals(UNLINK);
        if (!voided && !event.type().equals(ALIAS)) {
            return Optional.empty();
        }
        String to = top(event);
        return event.property(PREVIOUS)
                .map(previous -> previous.asText())
                .filter(from -> isAccount(from) && isAccount(to) && !from.equals(to))
                .map(
                        from ->
                                new AliasEdge(
                                        from,
                                        to,
                                        event.time(),
                                        event.id(),
                                        event.source(),
                                        voided));
    }

    private static Entry entry(CustomerEvent event, Entry.Kind kind, String target) {
        return new Entry(event.time(), event.id(), kind, target, event.source());
    }

    private boolean stands(CustomerEvent event, Identifier identifier, Standing standing) {
        return namespaces.standing(event.source(), event.type(), identifier.namespace())
                == standing;
    }

    private int rank(Identifier identifier) {
        return top.rank(identifier);
    }

    boolean isAccount(String key) {
        int end = key.indexOf(':');
        return end > 0 && accounts.contains(key.substring(0, end));
    }
}

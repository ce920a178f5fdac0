package io.tributary.identity;

import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.identity.IdentitySettings.Logout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose each event is, read off the rules of {@code docs/identity.md} by brute force over the set
 * of events. Written without the layer: own reading of events, no state, no ranges, no retention.
 */
final class BatchOracle {

    /** A strong or weak statement about {@code of}; {@code target} is null for a logout. */
    private record Said(String of, @Nullable String target, long t, String id, boolean strong) {}

    private record Unlinked(String x, String y, long u) {}

    private record Alias(String from, String to, long t, String id) {}

    private record Choice(String of, long t, String id, boolean out) {}

    private record Led(String to, String from, long t) {}

    private static final Comparator<Said> BY_TIME_AND_ID =
            Comparator.comparingLong(Said::t).thenComparing(Said::id);

    private final IdentitySettings rules;
    private final List<Said> said = new ArrayList<>();
    private final List<Unlinked> unlinked = new ArrayList<>();
    private final List<Alias> aliases = new ArrayList<>();
    private final List<Led> led = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();
    private final @Nullable CustomerEvent request;
    private final String erased;
    private final long until;

    /** What was said up to the request, which alone says what it erases; null without one. */
    private final @Nullable BatchOracle then;

    /**
     * @param request asks for an erasure; null if nobody does
     */
    BatchOracle(IdentitySettings rules, @Nullable CustomerEvent request) {
        this(rules, request, request == null ? null : new BatchOracle(rules, request, null));
    }

    private BatchOracle(
            IdentitySettings rules, @Nullable CustomerEvent request, @Nullable BatchOracle then) {
        this.rules = rules;
        this.request = request;
        this.erased = request == null ? "" : top(request);
        this.until = request == null ? Long.MIN_VALUE : request.time();
        this.then = then;
    }

    /** Customer of each event, by event; without those that are erased. */
    Map<CustomerEvent, String> assign(List<CustomerEvent> events) {
        readAll(events);
        Map<CustomerEvent, String> result = new HashMap<>();
        for (CustomerEvent event : events) {
            String customer = customer(event);
            if (customer != null) {
                result.put(event, customer);
            }
        }
        return result;
    }

    private void readAll(List<CustomerEvent> events) {
        events.forEach(this::read);
        if (request != null) {
            read(request);
            led.removeIf(l -> l.to.equals(erased) && l.t <= until);
        }
        if (then != null) {
            then.readAll(events.stream().filter(event -> event.time() <= until).toList());
        }
    }

    private boolean isErased(String key, long t) {
        return key.equals(erased) && t <= until;
    }

    /** A new customer of the same name counts as another one. */
    private String named(String key, long t) {
        return isErased(key, t) ? "erased" : key;
    }

    private static int rank(String key) {
        return World.NAMESPACES.indexOf(key.substring(0, key.indexOf(':')));
    }

    /** 0 asserted, 1 hint, 2 ignored: the rules that {@link World} declares. */
    private static int standing(CustomerEvent event, Identifier identifier) {
        String namespace = identifier.namespace();
        if (event.source().equals("agent") && namespace.equals("device_id")) {
            return 2;
        }
        boolean link = event.type().equals("email_link_clicked") && namespace.equals("email");
        boolean forum = event.source().equals("forum") && namespace.equals("user_id");
        return link || forum ? 1 : 0;
    }

    private static List<String> keys(CustomerEvent event, int standing) {
        List<String> keys = new ArrayList<>();
        for (Identifier identifier : event.identifiers()) {
            if (standing(event, identifier) == standing) {
                keys.add(identifier.key());
            }
        }
        // highest rank first, then smallest value
        keys.sort(
                (a, b) -> rank(a) != rank(b) ? Integer.compare(rank(b), rank(a)) : a.compareTo(b));
        return keys;
    }

    private static String top(CustomerEvent event) {
        for (int standing = 0; standing < 3; standing++) {
            List<String> keys = keys(event, standing);
            if (!keys.isEmpty()) {
                return keys.get(0);
            }
        }
        throw new IllegalArgumentException(event.toString());
    }

    private void read(CustomerEvent event) {
        String top = top(event);
        List<String> asserted = keys(event, 0);
        List<String> lower = asserted.stream().filter(key -> rank(key) < rank(top)).toList();
        if (event.type().equals("identifiers_unlinked")) {
            lower.forEach(key -> unlinked.add(new Unlinked(key, top, event.time())));
            event.property("previous_user_id")
                    .filter(from -> rank(top) == 4)
                    .ifPresent(
                            from -> unlinked.add(new Unlinked(from.asText(), top, event.time())));
            return;
        }
        if (event.type().startsWith("stitching_opted_")) {
            boolean out = event.type().endsWith("out");
            List<String> chosen =
                    lower.isEmpty() && !asserted.isEmpty() && rank(top) < 4 ? List.of(top) : lower;
            chosen.forEach(key -> choices.add(new Choice(key, event.time(), event.id(), out)));
            return;
        }
        lower.forEach(key -> led.add(new Led(top, key, event.time())));
        boolean logout = event.type().equals("signed_out") && rules.logout() != Logout.KEEP;
        String id = isErased(top, event.time()) && !logout ? "" : event.id();
        for (String key : lower) {
            said.add(new Said(key, logout ? null : top, event.time(), id, true));
        }
        if (logout && asserted.size() > 0 && lower.isEmpty() && rank(top) < 4) {
            said.add(new Said(top, null, event.time(), event.id(), true));
        }
        List<String> hints = keys(event, 1);
        if (!hints.isEmpty() && rules.hints()) {
            for (String key : asserted) {
                if (rank(key) < rank(hints.get(0))) {
                    String hinted = hints.get(0);
                    String by = isErased(hinted, event.time()) ? "" : event.id();
                    said.add(new Said(key, hinted, event.time(), by, false));
                }
            }
        }
        if (event.type().equals("identifiers_aliased") && rank(top) == 4) {
            event.property("previous_user_id")
                    .filter(from -> !from.asText().equals(top))
                    .ifPresent(
                            from ->
                                    aliases.add(
                                            new Alias(
                                                    from.asText(), top, event.time(), event.id())));
        }
    }

    private boolean optedOut(String x, long a) {
        return choices.stream()
                .filter(choice -> choice.of.equals(x) && choice.t <= a)
                .max(Comparator.comparingLong(Choice::t).thenComparing(Choice::id))
                .map(Choice::out)
                .orElse(false);
    }

    /** Null if it is erased. */
    private @Nullable String customer(CustomerEvent event) {
        String at = top(event);
        boolean own = true;
        while (true) {
            if (isErased(at, event.time()) || wasErasedAt(at, own, event)) {
                return null;
            }
            if (!own && crowd(at, event.time())) {
                return top(event);
            }
            if (rank(at) == 4) {
                return resolve(at);
            }
            if (optedOut(at, event.time())) {
                return at;
            }
            String owner = owner(at, event);
            if (owner.equals(at)) {
                return at;
            }
            if (isErased(owner, event.time())) {
                return null;
            }
            at = owner;
            own = false;
        }
    }

    /** Whether it went from here to who was erased, by what was said until the request. */
    private boolean wasErasedAt(String x, boolean own, CustomerEvent event) {
        return then != null
                && event.time() <= until
                && rank(x) < 4
                && (own || !then.crowd(x, event.time()))
                && !then.optedOut(x, event.time())
                && then.isErased(then.owner(x, event), event.time());
    }

    private boolean masked(Said claim, long a) {
        return unlinked.stream()
                .anyMatch(
                        unlink ->
                                unlink.x.equals(claim.of)
                                        && unlink.y.equals(claim.target)
                                        && claim.t <= unlink.u
                                        && a >= unlink.u - rules.unlinkReach());
    }

    private String owner(String x, CustomerEvent event) {
        long a = event.time();
        List<Said> open =
                said.stream()
                        .filter(s -> s.of.equals(x) && !masked(s, a))
                        .filter(s -> s.target != null || !s.id.equals(event.id()))
                        .sorted(BY_TIME_AND_ID)
                        .toList();
        Said p = null;
        Said n = null;
        for (Said s : open) {
            if (s.strong && s.t <= a && s.t >= a - rules.validity()) {
                p = s;
            }
            if (s.strong && n == null && s.t > a && s.t <= a + rules.backfill()) {
                n = s;
            }
        }
        if (p != null && p.target != null && isErased(p.target, p.t) && a > until) {
            // who was erased is nobody any more, and nobody before them either
            boolean shared = shared(x, a);
            return !shared && n != null && n.target != null
                    ? n.target
                    : shared ? x : hint(x, a, open, p);
        }
        if (shared(x, a)) {
            return p != null && p.target != null && p.t >= a - rules.claimWithin() ? p.target : x;
        }
        if (p != null && p.target != null) {
            return p.target;
        }
        if (n != null && n.target != null) {
            return n.target;
        }
        String hint = hint(x, a, open, p);
        if (!hint.equals(x)) {
            return hint;
        }
        Said before = null;
        for (Said s : open) {
            boolean reaches = s.t <= a && s.t >= a - rules.validity();
            if (reaches
                    && s.strong
                    && s.target != null
                    && p != null
                    && BY_TIME_AND_ID.compare(s, p) < 0) {
                before = s;
            }
        }
        boolean holds =
                before != null && !(isErased(String.valueOf(before.target), before.t) && a > until);
        return holds && rules.logout() == Logout.BOUNDARY ? String.valueOf(before.target) : x;
    }

    /** The latest hint after p; x itself if there is none, or if it hinted at who was erased. */
    private String hint(String x, long a, List<Said> open, @Nullable Said p) {
        Said weak = null;
        for (Said s : open) {
            boolean reaches = s.t <= a && s.t >= a - rules.validity();
            if (reaches && !s.strong && (p == null || BY_TIME_AND_ID.compare(s, p) > 0)) {
                weak = s;
            }
        }
        boolean holds =
                weak != null && !(isErased(String.valueOf(weak.target), weak.t) && a > until);
        return holds ? String.valueOf(weak.target) : x;
    }

    private boolean shared(String x, long a) {
        long forward = Math.max(rules.backfill(), rules.unlinkReach());
        Set<String> targets = new HashSet<>();
        for (Said s : said) {
            if (s.of.equals(x)
                    && s.strong
                    && s.target != null
                    && s.t >= a - rules.sharedWindow()
                    && s.t <= a + forward) {
                targets.add(named(s.target, s.t));
            }
        }
        return targets.size() > rules.sharedAbove();
    }

    private boolean crowd(String c, long a) {
        long forward = Math.max(rules.backfill(), rules.unlinkReach());
        Set<String> lower = new HashSet<>();
        for (Led l : led) {
            if (l.to.equals(c) && l.t >= a - rules.sharedWindow() && l.t <= a + forward) {
                lower.add(named(l.from, l.t));
            }
        }
        return lower.size() > rules.crowdAbove();
    }

    private @Nullable Alias latest(String account) {
        return aliases.stream()
                .filter(alias -> alias.from.equals(account))
                .filter(
                        alias ->
                                unlinked.stream()
                                        .noneMatch(
                                                unlink ->
                                                        unlink.x.equals(alias.from)
                                                                && unlink.y.equals(alias.to)
                                                                && alias.t <= unlink.u))
                .max(Comparator.comparingLong(Alias::t).thenComparing(Alias::id))
                .orElse(null);
    }

    private String resolve(String account) {
        String at = account;
        Set<String> seen = new HashSet<>();
        while (seen.add(at)) {
            Alias edge = latest(at);
            if (edge == null) {
                return at;
            }
            at = edge.to;
        }
        // at is on a cycle: once around it
        Alias newest = null;
        String start = at;
        do {
            Alias edge = latest(at);
            if (edge == null) {
                throw new IllegalStateException("a cycle has no end");
            }
            if (newest == null
                    || Comparator.comparingLong(Alias::t)
                                    .thenComparing(Alias::id)
                                    .compare(edge, newest)
                            > 0) {
                newest = edge;
            }
            at = edge.to;
        } while (!at.equals(start));
        return newest.to;
    }
}

package io.tributary.identity;

import io.tributary.identity.EventClaims.AliasEdge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which account stands for which (rule 11): each follows its latest edge that was not taken back; a
 * cycle stands for the target of its latest edge.
 *
 * <p>An account keeps for each other one that it was declared to be only the latest edge and the
 * latest time at which it was taken back, so order and repetition do not matter.
 */
public final class AliasGraph {

    /** Most different accounts that one is remembered to have been declared to be. */
    static final int MOST_TARGETS = 64;

    private static final Comparator<Edge> LATEST =
            Comparator.comparingLong(Edge::time).thenComparing(Edge::event).thenComparing(Edge::to);

    /**
     * @param time of the latest event that declared it, {@link Long#MIN_VALUE} if none did
     * @param voidedAt of the latest that took it back, {@link Long#MIN_VALUE} if none did
     */
    public record Edge(String to, long time, String event, String source, long voidedAt) {

        boolean isLive() {
            return time > voidedAt;
        }

        Entry entry() {
            return new Entry(time, event, Entry.Kind.CLAIM, to, source);
        }
    }

    /** All edges of one account. */
    public record Edges(List<Edge> edges) {}

    /**
     * What an account stands for now.
     *
     * @param customer empty for itself
     * @param latest edge that says so; null for itself
     */
    private record Resolved(String customer, @Nullable Entry latest) {

        static final Resolved ITSELF = new Resolved("", null);
    }

    private final Map<String, Edges> edges = new HashMap<>();
    private final Map<String, Set<String>> sources = new HashMap<>();

    /** Loads the edges of one account as they were stored. */
    void load(String account, Edges stored) {
        edges.put(account, stored);
        stored.edges()
                .forEach(
                        edge ->
                                sources.computeIfAbsent(edge.to(), to -> new HashSet<>())
                                        .add(account));
    }

    /** What is stored for an account. */
    Edges stored(String account) {
        return Objects.requireNonNullElse(edges.get(account), new Edges(List.of()));
    }

    /** Takes in what was declared; returns what accounts have to be told. */
    public List<IdentityMessage> add(AliasEdge declared) {
        Set<String> touched = leadingTo(declared.from());
        Map<String, Resolved> before = resolve(touched);
        load(declared.from(), with(stored(declared.from()), declared));
        List<IdentityMessage> changes = new ArrayList<>();
        resolve(touched)
                .forEach(
                        (account, now) -> {
                            if (!now.equals(before.get(account))) {
                                changes.add(
                                        IdentityMessage.alias(
                                                account, now.customer(), now.latest()));
                            }
                        });
        return changes;
    }

    /** The accounts that stand for the same customer as this one, itself among them. */
    Set<String> oneWith(String account) {
        String customer = customer(account);
        Set<String> group = new TreeSet<>(List.of(account, customer));
        for (String other : leadingTo(customer)) {
            if (customer(other).equals(customer)) {
                group.add(other);
            }
        }
        return group;
    }

    private String customer(String account) {
        String other = resolve(account).customer();
        return other.isEmpty() ? account : other;
    }

    /**
     * Forgets what was declared, or taken back, up to a time about accounts that are erased.
     *
     * @return what other accounts have to be told; {@code changed} is given those that {@link
     *     #stored} has something else for now
     */
    List<IdentityMessage> forget(Set<String> erased, long until, Set<String> changed) {
        Set<String> touched = new TreeSet<>();
        erased.forEach(account -> touched.addAll(leadingTo(account)));
        Map<String, Resolved> before = resolve(touched);
        for (String account : touched) {
            List<Edge> known = stored(account).edges();
            List<Edge> kept =
                    known.stream()
                            .filter(
                                    edge ->
                                            Math.max(edge.time(), edge.voidedAt()) > until
                                                    || !(erased.contains(account)
                                                            || erased.contains(edge.to())))
                            .toList();
            if (kept.size() < known.size()) {
                edges.put(account, new Edges(new ArrayList<>(kept)));
                changed.add(account);
            }
        }
        List<IdentityMessage> told = new ArrayList<>();
        resolve(touched)
                .forEach(
                        (account, now) -> {
                            // what is erased forgets by itself what it stood for
                            boolean silent = erased.contains(account) && now.latest() == null;
                            if (!silent && !now.equals(before.get(account))) {
                                told.add(
                                        IdentityMessage.alias(
                                                account, now.customer(), now.latest()));
                            }
                        });
        return told;
    }

    private static Edges with(Edges known, AliasEdge declared) {
        List<Edge> changed = new ArrayList<>();
        Edge edge = new Edge(declared.to(), Long.MIN_VALUE, "", "", Long.MIN_VALUE);
        for (Edge other : known.edges()) {
            if (other.to().equals(declared.to())) {
                edge = other;
            } else {
                changed.add(other);
            }
        }
        Edge said =
                new Edge(
                        declared.to(),
                        declared.time(),
                        declared.event(),
                        declared.source(),
                        edge.voidedAt());
        if (declared.voided()) {
            edge =
                    new Edge(
                            edge.to(),
                            edge.time(),
                            edge.event(),
                            edge.source(),
                            Math.max(edge.voidedAt(), declared.time()));
        } else if (LATEST.compare(said, edge) > 0) {
            edge = said;
        }
        changed.add(edge);
        changed.sort(LATEST.reversed());
        return new Edges(
                new ArrayList<>(changed.subList(0, Math.min(changed.size(), MOST_TARGETS))));
    }

    /** The account and all that follow edges to it. */
    private Set<String> leadingTo(String account) {
        Set<String> found = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(account));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            if (found.add(next)) {
                open.addAll(sources.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }

    private Map<String, Resolved> resolve(Set<String> accounts) {
        Map<String, Resolved> resolved = new TreeMap<>();
        accounts.forEach(account -> resolved.put(account, resolve(account)));
        return resolved;
    }

    private Resolved resolve(String account) {
        List<String> way = new ArrayList<>();
        String at = account;
        Edge first = latest(account);
        for (Edge edge = first; edge != null; edge = latest(at)) {
            int seen = way.indexOf(at);
            if (seen >= 0) {
                at = endOf(way.subList(seen, way.size()));
                break;
            }
            way.add(at);
            at = edge.to();
        }
        return at.equals(account) || first == null
                ? Resolved.ITSELF
                : new Resolved(at, first.entry());
    }

    /** The target of the latest edge of a cycle. */
    private String endOf(List<String> cycle) {
        return cycle.stream()
                .map(account -> Objects.requireNonNull(latest(account)))
                .max(LATEST)
                .map(Edge::to)
                .orElseThrow();
    }

    private @Nullable Edge latest(String account) {
        return stored(account).edges().stream().filter(Edge::isLive).max(LATEST).orElse(null);
    }
}

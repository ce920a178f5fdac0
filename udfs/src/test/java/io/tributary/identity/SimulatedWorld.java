package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.definition.Definitions.SourceFile;
import io.tributary.erasure.Erasure;
import io.tributary.event.CustomerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The {@link World} of a seed as a job meets it, and what the rules say of it. */
public final class SimulatedWorld {

    private final World world;
    private final Random random;
    private final @Nullable Erasure erasure;

    public SimulatedWorld(long seed) {
        world = new World(seed);
        random = new Random(seed);
        erasure =
                world.erasure == null
                        ? null
                        : new EventClaims(World.RANKS, world.settings)
                                .erasure(world.erasure)
                                .orElseThrow();
    }

    /** {@code identity.yaml}, and no pattern, journey or policy. */
    public Definitions definitions() {
        IdentitySettings settings = world.settings;
        String text =
                World.IDENTITY
                        + "ownership:\n"
                        + "  backfill: %s\n".formatted(seconds(settings.backfill()))
                        + "  validity: %s\n".formatted(seconds(settings.validity()))
                        + "  unlink_reach: %s\n".formatted(seconds(settings.unlinkReach()))
                        + "  shared: {window: %s, more_than: %d, claim_within: %s}\n"
                                .formatted(
                                        seconds(settings.sharedWindow()),
                                        settings.sharedAbove(),
                                        seconds(settings.claimWithin()))
                        + "  crowd: {more_than: %d}\n".formatted(settings.crowdAbove())
                        + "  logout: %s\n"
                                .formatted(settings.logout().name().toLowerCase(Locale.ROOT))
                        + "  hints: \"%s\"\n".formatted(settings.hints() ? "on" : "off")
                        + "  busy: {claims_a_day: %d, events_an_hour: %d}\n"
                                .formatted(settings.claimsADay(), settings.eventsAnHour());
        return Definitions.of(
                new TreeMap<>(
                        Map.of(
                                Definitions.IDENTITY,
                                new SourceFile("identity.yaml", text),
                                Definitions.EVENTS,
                                new SourceFile("events.yaml", "events: {page_viewed: }\n"))));
    }

    private static String seconds(long millis) {
        return millis / 1000 + "s";
    }

    /** How long events have to be able to move for the rules to hold to the letter. */
    public Duration kept() {
        long forward = world.settings.forward();
        // an alias holds at all times, not for a reach
        return Duration.ofMillis(
                world.hasAliases() || erasure != null ? Math.max(forward, world.span()) : forward);
    }

    /** Whether nothing happens that is remembered for good: no alias and no opting out. */
    boolean isForgotten() {
        return !world.hasAliases()
                && world.events.stream()
                        .noneMatch(event -> event.type().equals("stitching_opted_out"));
    }

    /** Sorted, nearly sorted or in any order; some events more than once. */
    public List<CustomerEvent> events() {
        List<CustomerEvent> events = new ArrayList<>(world.events);
        if (world.erasure != null) {
            events.add(world.erasure);
        }
        for (CustomerEvent event : List.copyOf(events)) {
            if (random.nextInt(5) == 0) {
                events.add(event);
            }
        }
        Collections.shuffle(events, random);
        int order = random.nextInt(3);
        if (order > 0) {
            long coarse = order == 1 ? 1 : World.DAY;
            events.sort((a, b) -> Long.compare(a.time() / coarse, b.time() / coarse));
        }
        return events;
    }

    /** Whether the customer has dropped what this is about, by then or in the end. */
    public boolean erases(Assignment assignment) {
        return erasure != null
                && erasure.key().equals(assignment.customer())
                && assignment.event().time() <= erasure.until();
    }

    /** What a changelog has to sum up to, by {@link #line}: 1 each. */
    public Map<String, Integer> expected() {
        Map<String, Integer> expected = new TreeMap<>();
        new BatchOracle(world.settings, world.erasure)
                .assign(world.events)
                .forEach((event, customer) -> expected.put(line(customer, event), 1));
        return expected;
    }

    /** That an event, which need not be the only one of its id, is a customer's. */
    public static String line(String customer, CustomerEvent event) {
        return customer + " " + event + "/" + event.receivedTime();
    }
}

package io.tributary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import io.tributary.identity.IdentityLayer.Counted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever the order of events, of the layers' messages, of restarts, and whatever the parallelism,
 * the layers end in what {@link BatchOracle} reads off the rules.
 *
 * <p>{@code -Didentity.seeds=50000} runs more worlds, {@code -Didentity.seed=17} that one alone.
 */
class IdentitySimulationTest {

    private static final int SEEDS = Integer.getInteger("identity.seeds", 3000);
    private static final Long ONLY = Long.getLong("identity.seed");

    @Test
    void theLayersEndInWhatTheRulesSay() throws IOException {
        EnumSet<Counted> seen = EnumSet.noneOf(Counted.class);
        for (long seed = ONLY == null ? 1 : ONLY; seed <= (ONLY == null ? SEEDS : ONLY); seed++) {
            World world = new World(seed);
            Map<String, Integer> expected = expected(world);
            Random random = new Random(seed);
            Map<String, Integer> told = null;
            for (int parallelism : random.nextBoolean() ? new int[] {1, 2} : new int[] {4}) {
                LayerNetwork network = run(world, parallelism, random);
                assertThat(difference(network.sums(), expected))
                        .as("-Didentity.seed=%d parallelism %d", seed, parallelism)
                        .isEmpty();
                assertThat(network.left()).as("-Didentity.seed=%d left", seed).isEmpty();
                assertThat(network.told())
                        .as("-Didentity.seed=%d paths", seed)
                        .hasSize(expected.size())
                        .isEqualTo(told == null ? network.told() : told);
                told = network.told();
                seen.addAll(network.counted().keySet());
            }
        }
        if (ONLY == null) {
            assertThat(seen)
                    .contains(Counted.MOVED, Counted.MERGED, Counted.UNLINKED)
                    .contains(Counted.SHARED, Counted.CROWD, Counted.PROVISIONAL)
                    .contains(Counted.ERASED, Counted.OPTED_OUT);
        }
    }

    /** What only the layers told, and what only the rules say. */
    private static List<String> difference(
            Map<String, Integer> told, Map<String, Integer> expected) {
        List<String> difference = new ArrayList<>();
        told.forEach(
                (line, sum) -> {
                    if (!sum.equals(expected.get(line))) {
                        difference.add("told " + sum + " " + line);
                    }
                });
        expected.forEach(
                (line, sum) -> {
                    if (!sum.equals(told.get(line))) {
                        difference.add("expected " + line);
                    }
                });
        return difference;
    }

    private static LayerNetwork run(World world, int parallelism, Random random)
            throws IOException {
        long forward = world.settings.forward();
        long kept = forward + (random.nextBoolean() ? 0 : 3 * World.DAY);
        if (world.hasAliases() || world.erasure != null) {
            // an alias holds at all times, not for a reach; an erasure finds what can still move
            kept = Math.max(kept, world.span());
        }
        LayerNetwork network = new LayerNetwork(world.settings, kept, parallelism, random);
        boolean watermarks = random.nextInt(3) > 0;
        boolean restarts = random.nextInt(3) == 0;
        CustomerEvent request = world.erasure;
        if (request == null) {
            network.run(disturbed(world.events, random), watermarks, restarts);
            return network;
        }
        List<CustomerEvent> before = new ArrayList<>(world.events);
        before.removeIf(event -> event.time() > request.time());
        List<CustomerEvent> later = new ArrayList<>(world.events);
        if (random.nextBoolean()) { // else everything is read once more
            later.removeAll(before);
        }
        network.run(
                disturbed(before, random), request, disturbed(later, random), watermarks, restarts);
        return network;
    }

    /** Sorted, nearly sorted or in any order; some events more than once. */
    private static List<CustomerEvent> disturbed(List<CustomerEvent> of, Random random) {
        List<CustomerEvent> events = new ArrayList<>(of);
        for (CustomerEvent event : of) {
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

    private static Map<String, Integer> expected(World world) {
        Map<String, Integer> expected = new TreeMap<>();
        new BatchOracle(world.settings, world.erasure)
                .assign(world.events)
                .forEach(
                        (event, customer) ->
                                expected.put(customer + " " + LayerNetwork.line(event), 1));
        return expected;
    }
}

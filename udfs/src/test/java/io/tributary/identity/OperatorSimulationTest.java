package io.tributary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The operators themselves end in what {@link BatchOracle} reads off the rules: whatever the order
 * and the interleaving, wherever they fail, however many subtasks go on from the checkpoint.
 *
 * <p>{@code -Didentity.seeds=50000} runs more worlds, {@code -Didentity.seed=17} that one alone.
 */
class OperatorSimulationTest {

    private static final int SEEDS = Integer.getInteger("identity.seeds", 200);
    private static final Long ONLY = Long.getLong("identity.seed");

    @Test
    void theOperatorsEndInWhatTheRulesSay() throws Exception {
        Set<String> rescaled = new TreeSet<>();
        try (TaskEnvironments environments = new TaskEnvironments()) {
            long last = ONLY == null ? SEEDS : ONLY;
            for (long seed = ONLY == null ? 1 : ONLY; seed <= last; seed++) {
                rescaled.addAll(run(seed, environments));
            }
        }
        if (ONLY == null) {
            assertThat(rescaled)
                    .containsExactly(
                            "1 to 1", "1 to 2", "1 to 4", "2 to 1", "2 to 2", "2 to 4", "4 to 1",
                            "4 to 2", "4 to 4");
        }
    }

    private static Set<String> run(long seed, TaskEnvironments environments) throws Exception {
        SimulatedWorld world = new SimulatedWorld(seed);
        Random random = new Random(seed);
        List<Integer> parallelisms = parallelisms(random);
        try (OperatorNetwork network =
                new OperatorNetwork(environments, world, random.nextInt(3) > 0, random)) {
            network.run(parallelisms);
            assertThat(network.sums())
                    .as("-Didentity.seed=%d parallelism %s", seed, parallelisms)
                    .isEqualTo(world.expected());
            assertThat(network.timers()).as("-Didentity.seed=%d timers", seed).isZero();
            if (world.isForgotten()) {
                assertThat(network.left()).as("-Didentity.seed=%d left", seed).isZero();
            }
            return network.rescaled();
        }
    }

    private static List<Integer> parallelisms(Random random) {
        List<Integer> parallelisms = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            parallelisms.add(1 << random.nextInt(3));
        }
        return parallelisms;
    }
}

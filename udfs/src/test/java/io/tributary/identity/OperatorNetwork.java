package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.OperatorSubtasks.Aliases;
import io.tributary.identity.OperatorSubtasks.Customers;
import io.tributary.identity.OperatorSubtasks.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * The identity stage's operators as a cluster runs them, in one thread and in any interleaving:
 * splits that are read again from where a checkpoint stood, aligned checkpoints, failures at any
 * time, each followed by a start at another parallelism.
 */
final class OperatorNetwork implements AutoCloseable {

    private static final int SPLITS = 4;
    private static final int ALIASES = OperatorSubtasks.ALIASES;
    private static final int CUSTOMERS = OperatorSubtasks.CUSTOMERS;

    private final TaskEnvironments environments;
    private final SimulatedWorld world;
    private final Definitions definitions;
    private final Random random;
    private final boolean watermarks;
    private final List<List<CustomerEvent>> splits = new ArrayList<>();
    private final OneInputStreamOperatorTestHarness<CustomerEvent, Void> claims;
    private final int[] positions = new int[SPLITS];
    private final List<Channel> ready = new ArrayList<>();
    private final List<Subtask> readers = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private final List<Subtask> all = new ArrayList<>();
    private Customers customers;
    private int parallelism;
    private long checkpoints;
    private @Nullable Checkpoint pending;
    private @Nullable Checkpoint last;
    private final Set<String> rescaled = new TreeSet<>();

    /**
     * @param watermarks whether event time goes on as events are read, or only at the end
     */
    OperatorNetwork(
            TaskEnvironments environments, SimulatedWorld world, boolean watermarks, Random random)
            throws Exception {
        this.environments = environments;
        this.world = world;
        this.definitions = world.definitions();
        this.watermarks = watermarks;
        this.random = random;
        customers = new Customers(world, null);
        claims =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new ClaimFunction(definitions)),
                        environments.of("claims", 1, 0));
        claims.open();
    }

    /**
     * Reads the events, spread over the splits in this order, to the end.
     *
     * @param parallelisms the first one, and that after each failure
     */
    void run(List<Integer> parallelisms) throws Exception {
        List<CustomerEvent> events = world.events();
        for (int i = 0; i < SPLITS; i++) {
            splits.add(new ArrayList<>());
        }
        for (CustomerEvent event : events) {
            splits.get(random.nextInt(SPLITS)).add(event);
        }
        start(parallelisms.get(0));
        for (int next : parallelisms.subList(1, parallelisms.size())) {
            int steps = random.nextInt(40 * events.size());
            while (steps-- > 0 && step()) {}
            start(next);
        }
        while (step()) {}
        for (Subtask reader : readers) {
            reader.advance(Long.MAX_VALUE);
        }
        while (step()) {}
    }

    /** Parallelism of checkpoints that were gone on from, and then. */
    Set<String> rescaled() {
        return rescaled;
    }

    /** Sum of the signs by customer and event, without those that are 0. */
    Map<String, Integer> sums() {
        return customers.sums();
    }

    /** How many timers the layers have. */
    int timers() {
        return layers.stream().mapToInt(Layer::timers).sum();
    }

    /** How much is left in the state of the layers. */
    int left() throws Exception {
        int left = 0;
        for (Layer layer : layers) {
            left += layer.left();
        }
        return left;
    }

    /** Drops all that runs, and starts from the last complete checkpoint if there is one. */
    private void start(int subtasks) throws Exception {
        stop();
        ready.clear();
        pending = null;
        parallelism = subtasks;
        Checkpoint from = last;
        if (from != null) {
            rescaled.add(from.parallelism() + " to " + parallelism);
        }
        System.arraycopy(
                from == null ? new int[SPLITS] : from.positions(), 0, positions, 0, SPLITS);
        for (int i = 0; i < parallelism; i++) {
            readers.add(new Subtask());
        }
        List<List<Layer>> ranks = new ArrayList<>();
        for (int rank = 0; rank < ALIASES; rank++) {
            List<Layer> subtasksOfRank = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                subtasksOfRank.add(
                        new Layer(
                                environments.of("layer", parallelism, i),
                                definitions,
                                world.kept(),
                                rank,
                                from));
            }
            ranks.add(subtasksOfRank);
            layers.addAll(subtasksOfRank);
        }
        all.addAll(layers);
        connect(ranks, from);
    }

    private void connect(List<List<Layer>> ranks, @Nullable Checkpoint from) throws Exception {
        Aliases aliases = new Aliases(environments.of("aliases", 1, 0), from);
        all.add(aliases);
        customers = new Customers(world, from);
        for (Subtask reader : readers) {
            for (int rank = 0; rank < ALIASES; rank++) {
                reader.connect(rank, ranks.get(rank), ready);
            }
            reader.connect(ALIASES, List.of(aliases), ready);
        }
        for (int rank = 0; rank < ALIASES; rank++) {
            aliases.connect(rank, ranks.get(rank), ready);
        }
        for (int rank = 0; rank < ALIASES; rank++) {
            for (Layer layer : ranks.get(rank)) {
                for (int above = rank + 1; above < ALIASES; above++) {
                    layer.connect(above, ranks.get(above), ready);
                }
                layer.connect(CUSTOMERS, List.of(customers), ready);
            }
        }
    }

    /** Lets something happen; false if there is nothing any more. */
    private boolean step() throws Exception {
        boolean read = unread() > 0 && (ready.isEmpty() || random.nextInt(3) == 0);
        if (!read && ready.isEmpty()) {
            return false;
        }
        if (read) {
            read(random.nextInt(SPLITS));
        } else {
            int which = random.nextInt(ready.size());
            Channel channel = ready.get(which);
            ready.set(which, ready.get(ready.size() - 1));
            ready.remove(ready.size() - 1);
            channel.deliver();
        }
        if (pending != null && pending.isComplete()) {
            last = pending;
            pending = null;
        } else if (pending == null && unread() > 0 && random.nextInt(200) == 0) {
            pending = new Checkpoint(++checkpoints, parallelism, positions);
            for (Subtask reader : readers) {
                reader.checkpoint(pending);
            }
        }
        return true;
    }

    private int unread() {
        int unread = 0;
        for (int split = 0; split < SPLITS; split++) {
            unread += splits.get(split).size() - positions[split];
        }
        return unread;
    }

    private void read(int split) throws Exception {
        List<CustomerEvent> events = splits.get(split);
        if (positions[split] == events.size()) {
            return;
        }
        CustomerEvent event = events.get(positions[split]++);
        Subtask reader = readers.get(split % parallelism);
        claims.processElement(event, event.time());
        for (int rank = 0; rank < ALIASES; rank++) {
            for (IdentityMessage message :
                    OperatorSubtasks.side(claims, ClaimFunction.to(World.NAMESPACES.get(rank)))) {
                reader.send(rank, message.key(), message, OperatorSubtasks.MESSAGES);
            }
        }
        for (AccountNews news : OperatorSubtasks.side(claims, ClaimFunction.ALIASES)) {
            reader.send(ALIASES, AliasFunction.KEY, news, OperatorSubtasks.NEWS);
        }
        if (watermarks && random.nextInt(4) == 0) {
            reader.advance(oldestToCome(split % parallelism) - 1);
        }
    }

    /** Time of the oldest event that a reader has still to read. */
    private long oldestToCome(int reader) {
        long oldest = Long.MAX_VALUE - 1;
        for (int split = reader; split < SPLITS; split += parallelism) {
            List<CustomerEvent> events = splits.get(split);
            for (CustomerEvent event : events.subList(positions[split], events.size())) {
                oldest = Math.min(oldest, event.time());
            }
        }
        return oldest;
    }

    private void stop() throws Exception {
        for (Subtask subtask : all) {
            subtask.close();
        }
        all.clear();
        layers.clear();
        readers.clear();
    }

    @Override
    public void close() throws Exception {
        stop();
        claims.close();
    }
}

package io.tributary.identity;

import io.tributary.erasure.Erasure;
import io.tributary.erasure.Erasures;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.EventClaims.AliasEdge;
import io.tributary.identity.IdentityLayer.Counted;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The layers as Flink would run them, in one thread and in any interleaving: {@code parallelism}
 * instances of each, a first-in first-out channel from each instance to each instance above, a
 * watermark that is the minimum of all channels, state that survives a restart as bytes.
 */
final class LayerNetwork {

    /** The layer after the highest: the customers. Assignments go there at once. */
    private static final int ALIASES = World.NAMESPACES.size();

    private record Watermark(long time) {}

    private record Channel(Instance to, Deque<Object> queue) {}

    private final Random random;
    private final int parallelism;
    private final EventClaims claims;
    private final IdentitySettings settings;
    private final long kept;
    private final List<List<Instance>> layers = new ArrayList<>();
    private final List<Channel> waiting = new ArrayList<>();
    private final Map<String, Integer> sums = new HashMap<>();
    private final Map<String, Integer> told = new HashMap<>();
    private final Map<Counted, Integer> counted = new TreeMap<>();
    private final List<Deque<CustomerEvent>> splits = new ArrayList<>();
    private final List<Instance> readers = new ArrayList<>();
    private final Map<String, Long> times = new HashMap<>();
    private long oldestToCome = Long.MAX_VALUE - 1;

    /**
     * @param kept how long events can move, at least F
     */
    LayerNetwork(IdentitySettings settings, long kept, int parallelism, Random random) {
        this.random = random;
        this.parallelism = parallelism;
        this.claims = new EventClaims(World.RANKS, settings);
        this.settings = settings;
        this.kept = kept;
        for (int rank = 0; rank <= ALIASES; rank++) {
            List<Instance> instances = new ArrayList<>();
            for (int i = 0; i < (rank == ALIASES ? 1 : parallelism); i++) {
                instances.add(new Instance(rank));
            }
            layers.add(instances);
        }
        for (int i = 0; i < parallelism; i++) {
            readers.add(new Instance(-1));
            splits.add(new ArrayDeque<>());
        }
        readers.forEach(reader -> layers.forEach(reader::connect));
        for (int rank = 0; rank < ALIASES; rank++) {
            for (Instance lower : layers.get(rank)) {
                layers.subList(rank + 1, ALIASES).forEach(lower::connect);
            }
        }
        layers.get(ALIASES).get(0).connect(layers.get(ALIASES - 1));
    }

    /**
     * Reads the events in this order, spread over the splits, and lets all that follows happen.
     *
     * @param watermarks whether it goes on as event time passes, or only at the end
     * @param restarts whether state is written and read back now and then
     */
    void run(List<CustomerEvent> events, boolean watermarks, boolean restarts) throws IOException {
        flow(events, watermarks, restarts);
        end();
    }

    /**
     * Lets everything up to a request happen, then erases, each instance at some time, while the
     * rest happens.
     *
     * @param request what is sent for it
     * @param later what happens after it, and what is read again
     */
    void run(
            List<CustomerEvent> events,
            CustomerEvent request,
            List<CustomerEvent> later,
            boolean watermarks,
            boolean restarts)
            throws IOException {
        oldestToCome = request.time();
        for (CustomerEvent event : later) {
            oldestToCome = Math.min(oldestToCome, event.time());
        }
        flow(events, watermarks, restarts);
        for (IdentityMessage message : claims.messages(request)) {
            if (!message.key().equals(claims.top(request))) {
                readers.get(0).send(message);
            }
        }
        flow(List.of(), watermarks, restarts);
        oldestToCome = Long.MAX_VALUE - 1;
        Erasure erasure = claims.erasure(request).orElseThrow();
        layers.forEach(instances -> instances.forEach(each -> each.asked = erasure));
        flow(later, watermarks, restarts);
        layers.forEach(instances -> instances.forEach(Instance::sweep));
        flow(List.of(), watermarks, restarts);
        end();
        // the customer's own stage has nothing either
        sums.keySet().removeIf(line -> isOf(line, erasure));
        told.keySet().removeIf(line -> isOf(line, erasure));
    }

    private boolean isOf(String line, Erasure erasure) {
        return line.startsWith(erasure.key() + " ")
                && Objects.requireNonNull(times.get(line)) <= erasure.until();
    }

    private void flow(List<CustomerEvent> events, boolean watermarks, boolean restarts)
            throws IOException {
        for (CustomerEvent event : events) {
            splits.get(random.nextInt(parallelism)).add(event);
        }
        int left = events.size();
        while (left > 0 || !waiting.isEmpty()) {
            if (left > 0 && (waiting.isEmpty() || random.nextInt(3) == 0)) {
                left -= read(watermarks);
            } else {
                deliver(random.nextInt(waiting.size()));
            }
            if (restarts && random.nextInt(40) == 0) {
                for (List<Instance> instances : layers) {
                    for (Instance instance : instances) {
                        instance.restart();
                    }
                }
            }
        }
    }

    private void end() {
        readers.forEach(reader -> reader.advance(Long.MAX_VALUE));
        while (!waiting.isEmpty()) {
            deliver(random.nextInt(waiting.size()));
        }
    }

    private int read(boolean watermarks) {
        int split = random.nextInt(parallelism);
        CustomerEvent event = splits.get(split).poll();
        if (event == null) {
            return 0;
        }
        Instance reader = readers.get(split);
        String top = claims.top(event);
        reader.send(IdentityMessage.own(top, event));
        for (IdentityMessage message : claims.messages(event)) {
            if (!message.key().equals(top)) {
                reader.send(message);
            }
        }
        claims.alias(event).ifPresent(reader::sendAlias);
        if (watermarks && random.nextInt(4) == 0) {
            long next = oldestToCome;
            for (CustomerEvent later : splits.get(split)) {
                next = Math.min(next, later.time());
            }
            reader.advance(next - 1);
        }
        return 1;
    }

    private void deliver(int which) {
        Channel channel = waiting.get(which);
        Object message = channel.queue().remove();
        if (channel.queue().isEmpty()) {
            waiting.set(which, waiting.get(waiting.size() - 1));
            waiting.remove(waiting.size() - 1);
        }
        channel.to().take(message, channel);
    }

    /** Sum of the signs by customer and event, without those that are 0. */
    Map<String, Integer> sums() {
        return sums;
    }

    /** The same by customer, event and path. */
    Map<String, Integer> told() {
        return told;
    }

    Map<Counted, Integer> counted() {
        return counted;
    }

    /** What is left in state, once the watermark has passed everything. */
    List<String> left() {
        List<String> left = new ArrayList<>();
        for (List<Instance> instances : layers) {
            for (Instance instance : instances) {
                instance.keys.forEach((key, kept) -> left.addAll(kept.left(key)));
                instance.timers.forEach((time, keys) -> left.add("timer of " + keys));
            }
        }
        return left;
    }

    private final class Instance implements IdentityLayer.Output {

        private final int rank;
        private final List<List<Channel>> above = new ArrayList<>();
        private final Map<Channel, Long> watermarks = new HashMap<>();
        private final Map<String, HeapKey> keys = new TreeMap<>();
        private final TreeMap<Long, TreeSet<String>> timers = new TreeMap<>();
        private final Map<String, Long> timerOf = new HashMap<>();
        private AliasGraph graph = new AliasGraph();
        private final Map<String, AliasGraph.Edges> edges = new TreeMap<>();
        private final Erasures erasures = new Erasures();
        private final IdentityLayer layer = new IdentityLayer(settings, claims, kept, erasures);
        private final TreeSet<String> unswept = new TreeSet<>();
        private @Nullable Erasure asked;
        private long watermark = Long.MIN_VALUE;

        Instance(int rank) {
            this.rank = rank;
            for (int i = 0; i <= ALIASES; i++) {
                above.add(new ArrayList<>());
            }
        }

        void connect(List<Instance> instances) {
            for (Instance instance : instances) {
                Channel channel = new Channel(instance, new ArrayDeque<>());
                above.get(instance.rank).add(channel);
                instance.watermarks.put(channel, Long.MIN_VALUE);
            }
        }

        private void put(Channel channel, Object message) {
            if (channel.queue().isEmpty()) {
                waiting.add(channel);
            }
            channel.queue().add(message);
        }

        void send(IdentityMessage message) {
            List<Channel> channels = above.get(World.NAMESPACES.indexOf(message.namespace()));
            put(channels.get(Math.floorMod(message.key().hashCode(), channels.size())), message);
        }

        void sendAlias(AliasEdge edge) {
            put(above.get(ALIASES).get(0), edge);
        }

        void advance(long time) {
            if (time > watermark) {
                watermark = time;
                above.forEach(channels -> channels.forEach(c -> put(c, new Watermark(time))));
            }
        }

        void take(Object message, Channel from) {
            if (message instanceof Watermark passed) {
                watermarks.put(from, passed.time());
                long lowest =
                        watermarks.values().stream().mapToLong(Long::longValue).min().orElseThrow();
                if (lowest > watermark) {
                    sweep(); // what is forgotten first is not looked at
                    fire(lowest);
                    advance(lowest);
                }
            } else if (message instanceof AliasEdge edge) {
                graph.add(edge).forEach(this::send);
                edges.put(edge.from(), graph.stored(edge.from()));
            } else if (message instanceof IdentityMessage told) {
                HeapKey key = keys.computeIfAbsent(told.key(), k -> new HeapKey());
                eraseSometimes();
                touch(told.key());
                wake(told.key(), layer.process(told, key, watermark, this));
            }
        }

        private void eraseSometimes() {
            if (asked != null && random.nextInt(10) == 0) {
                putInForce();
            } else if (!unswept.isEmpty() && random.nextInt(5) == 0) {
                touch(unswept.first());
            }
        }

        private void putInForce() {
            if (asked != null) {
                erasures.add(asked);
                unswept.addAll(keys.keySet());
                asked = null;
            }
        }

        void sweep() {
            putInForce();
            List.copyOf(unswept).forEach(this::touch);
        }

        private void touch(String key) {
            if (unswept.remove(key)) {
                wake(key, layer.erase(key, keys.get(key), watermark, this).next());
            }
        }

        private void fire(long time) {
            while (!timers.isEmpty() && timers.firstKey() <= time) {
                for (String key : List.copyOf(timers.firstEntry().getValue())) {
                    wake(key, layer.expire(keys.get(key), time));
                }
            }
        }

        private void wake(String key, long time) {
            Long before = timerOf.remove(key);
            if (before != null) {
                timers.get(before).remove(key);
                if (timers.get(before).isEmpty()) {
                    timers.remove(before);
                }
            }
            if (time != Long.MAX_VALUE) {
                timerOf.put(key, time);
                timers.computeIfAbsent(time, t -> new TreeSet<>()).add(key);
            }
        }

        void restart() throws IOException {
            for (HeapKey key : keys.values()) {
                key.restart();
            }
            graph = new AliasGraph();
            edges.forEach(graph::load);
        }

        @Override
        public void forward(IdentityMessage message) {
            if (World.NAMESPACES.indexOf(message.namespace()) <= rank) {
                throw new IllegalStateException("downward: " + message);
            }
            send(message);
        }

        @Override
        public void assign(Assignment assignment) {
            String line = assignment.customer() + " " + LayerNetwork.line(assignment.event());
            sum(sums, line, assignment.sign());
            String path = line + " " + assignment.path();
            sum(told, path, assignment.sign());
            times.put(line, assignment.event().time());
            times.put(path, assignment.event().time());
        }

        @Override
        public void count(Counted what) {
            counted.merge(what, 1, Integer::sum);
        }
    }

    static String line(CustomerEvent event) {
        return event + "/" + event.receivedTime();
    }

    private static void sum(Map<String, Integer> sums, String key, int sign) {
        if (sums.merge(key, sign, Integer::sum) == 0) {
            sums.remove(key);
        }
    }
}

package io.tributary.bench;

import io.tributary.bench.OperatorRun.Store;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CustomerEvent;
import io.tributary.event.Namespace;
import io.tributary.event.Namespaces;
import io.tributary.event.Tier;
import io.tributary.identity.AccountNews;
import io.tributary.identity.AliasFunction;
import io.tributary.identity.Assignment;
import io.tributary.identity.ClaimFunction;
import io.tributary.identity.IdentityMessage;
import io.tributary.identity.IdentityOperator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * All operators of the identity stage, connected as the job connects them, on the calling thread:
 * what goes from one to another goes through bytes. What it tells is handed on as it is.
 */
final class IdentityStage implements AutoCloseable {

    private final Definitions definitions;
    private final Duration kept;
    private final int cached;
    private final OneInputStreamOperatorTestHarness<CustomerEvent, Void> claims;
    private final OperatorRun<AccountNews, IdentityMessage> aliases;
    private final Map<String, OperatorRun<IdentityMessage, Assignment>> layers =
            new LinkedHashMap<>();
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private final Consumer<Assignment> assignments;
    private long messages;

    /**
     * @param kept how late events may come
     * @param cached most identifiers of each layer on the heap
     * @param store by the name of a namespace, or {@code aliases}
     * @param assignments what the stage tells
     */
    IdentityStage(
            Definitions definitions,
            Duration kept,
            int cached,
            Function<String, Store> store,
            Consumer<Assignment> assignments)
            throws Exception {
        this.definitions = definitions;
        this.kept = kept;
        this.cached = cached;
        this.assignments = assignments;
        claims =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new ClaimFunction(definitions)));
        claims.setOutputCreator(serializer -> new OperatorRun.Direct<>(waiting::add));
        claims.setup();
        claims.open();
        aliases =
                new OperatorRun<>(
                        new KeyedProcessOperator<>(new AliasFunction()),
                        news -> AliasFunction.KEY,
                        AccountNews.class,
                        store.apply("aliases"),
                        null,
                        waiting::add);
        for (Namespace namespace : byRank(definitions)) {
            String name = namespace.name();
            layers.put(name, layer(store.apply(name), null, waiting::add));
        }
    }

    private OperatorRun<IdentityMessage, Assignment> layer(
            Store store, @Nullable OperatorSubtaskState restored, Consumer<Object> outputs)
            throws Exception {
        return new OperatorRun<>(
                new Layer(definitions, kept, cached),
                IdentityMessage::key,
                IdentityMessage.class,
                store,
                restored,
                outputs);
    }

    /** A layer as it runs in the job, of which nobody asks to be erased: one input is enough. */
    private static final class Layer extends IdentityOperator
            implements OneInputStreamOperator<IdentityMessage, Assignment> {

        private static final long serialVersionUID = 1L;

        Layer(Definitions definitions, Duration kept, int cached) {
            super(definitions, kept, "identity", cached);
        }

        @Override
        public void processElement(StreamRecord<IdentityMessage> element) throws Exception {
            processElement1(element);
        }
    }

    /**
     * Bytes of keys and values of all layers, as they are after a checkpoint.
     *
     * @param store for copies of them, whose files nothing changes while they are read
     */
    long stateBytes(Function<String, Store> store) throws Exception {
        long bytes = 0;
        for (Map.Entry<String, OperatorRun<IdentityMessage, Assignment>> layer :
                layers.entrySet()) {
            OperatorSubtaskState state = layer.getValue().checkpoint(1);
            try (OperatorRun<IdentityMessage, Assignment> copy =
                    layer(store.apply(layer.getKey()), state, told -> {})) {
                bytes +=
                        StateBytes.read(copy.database(), OperatorRun.MAX_PARALLELISM)
                                .values()
                                .stream()
                                .mapToLong(Long::longValue)
                                .sum();
            }
        }
        return bytes;
    }

    private static List<Namespace> byRank(Definitions definitions) {
        Problems problems = new Problems();
        List<Namespace> byRank = Namespaces.read(definitions, problems).byRank();
        problems.throwIfAny();
        if (byRank.get(byRank.size() - 1).tier() != Tier.ACCOUNT) {
            throw new IllegalStateException("accounts are not the highest: " + byRank);
        }
        return byRank;
    }

    /** Takes an event in, and lets all that follows from it happen. */
    void process(CustomerEvent event) throws Exception {
        claims.processElement(event, event.time());
        for (Object next = waiting.poll(); next != null; next = waiting.poll()) {
            messages++;
            if (next instanceof Assignment assignment) {
                assignments.accept(assignment);
            } else if (next instanceof IdentityMessage message) {
                layer(message.namespace()).process(message, event.time());
            } else if (next instanceof AccountNews news) {
                aliases.process(news, event.time());
            }
        }
    }

    private OperatorRun<IdentityMessage, Assignment> layer(String namespace) {
        OperatorRun<IdentityMessage, Assignment> layer = layers.get(namespace);
        if (layer == null) {
            throw new IllegalStateException("no layer of " + namespace);
        }
        return layer;
    }

    /** No earlier event comes any more. */
    void watermark(long time) throws Exception {
        for (OperatorRun<IdentityMessage, Assignment> layer : layers.values()) {
            layer.watermark(time);
        }
    }

    /** Messages between operators so far, those that it tells among them. */
    long messages() {
        return messages;
    }

    @Override
    public void close() throws Exception {
        List<AutoCloseable> all = new ArrayList<>(layers.values());
        all.add(aliases);
        all.add(claims);
        for (AutoCloseable each : all) {
            each.close();
        }
    }
}

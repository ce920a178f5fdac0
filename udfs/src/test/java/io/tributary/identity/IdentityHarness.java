package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.erasure.Erasure;
import io.tributary.erasure.ErasureReport;
import io.tributary.event.CustomerEvent;
import io.tributary.event.Namespace;
import io.tributary.event.Namespaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The whole identity stage on Flink's harnesses, and the sums of what it told. */
final class IdentityHarness implements AutoCloseable {

    /** So few that most identifiers are written and read again. */
    private static final int CACHED = 2;

    private final Definitions definitions;
    private final Duration kept;
    private final List<Namespace> byRank;
    private OneInputStreamOperatorTestHarness<CustomerEvent, Void> claims;
    private KeyedOneInputStreamOperatorTestHarness<String, AccountNews, IdentityMessage> aliases;
    private final Map<
                    String,
                    KeyedTwoInputStreamOperatorTestHarness<
                            String, IdentityMessage, Erasure, Assignment>>
            layers = new LinkedHashMap<>();

    private final Map<String, Integer> sums = new TreeMap<>();
    private final Map<String, Map<List<Hop>, Integer>> paths = new TreeMap<>();
    private final List<ErasureReport> reports = new ArrayList<>();
    private int told;

    IdentityHarness(Definitions definitions, Duration kept) throws Exception {
        this.definitions = definitions;
        this.kept = kept;
        Problems problems = new Problems();
        this.byRank = Namespaces.read(definitions, problems).byRank();
        problems.throwIfAny();
        this.claims = openClaims();
        this.aliases = openAliases(null);
        for (Namespace namespace : byRank) {
            layers.put(namespace.name(), openLayer(namespace.name(), null));
        }
    }

    private OneInputStreamOperatorTestHarness<CustomerEvent, Void> openClaims() throws Exception {
        OneInputStreamOperatorTestHarness<CustomerEvent, Void> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new ClaimFunction(definitions)));
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, AccountNews, IdentityMessage>
            openAliases(@Nullable OperatorSubtaskState state) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, AccountNews, IdentityMessage> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new AliasFunction()),
                        news -> AliasFunction.KEY,
                        Types.STRING);
        return open(harness, state);
    }

    private KeyedTwoInputStreamOperatorTestHarness<String, IdentityMessage, Erasure, Assignment>
            openLayer(String stage, @Nullable OperatorSubtaskState state) throws Exception {
        KeyedTwoInputStreamOperatorTestHarness<String, IdentityMessage, Erasure, Assignment>
                harness =
                        new KeyedTwoInputStreamOperatorTestHarness<>(
                                new IdentityOperator(definitions, kept, stage, CACHED),
                                IdentityMessage::key,
                                null, // erasures are for all
                                Types.STRING);
        return open(harness, state);
    }

    private static <T extends AbstractStreamOperatorTestHarness<?>> T open(
            T harness, @Nullable OperatorSubtaskState state) throws Exception {
        ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
                .setGenericTypes(false);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    IdentityHarness happens(CustomerEvent... events) throws Exception {
        for (CustomerEvent event : events) {
            claims.processElement(event, event.time());
            for (AccountNews news : side(claims, ClaimFunction.ALIASES)) {
                aliases.processElement(news, event.time());
            }
            drain();
        }
        return this;
    }

    /** Lets what was told flow up, layer by layer. */
    private void drain() throws Exception {
        for (Namespace namespace : byRank) {
            OutputTag<IdentityMessage> tag = ClaimFunction.to(namespace.name());
            List<IdentityMessage> messages = new ArrayList<>(side(claims, tag));
            for (var lower : layers.values()) {
                messages.addAll(side(lower, tag));
            }
            var layer = layers.get(namespace.name());
            if (namespace.equals(byRank.get(byRank.size() - 1))) {
                aliases.extractOutputValues().forEach(messages::add);
                aliases.getOutput().clear();
            }
            for (IdentityMessage message : messages) {
                layer.processElement1(
                        TypeInformation.of(IdentityMessage.class)
                                .createSerializer(new SerializerConfigImpl())
                                .copy(message),
                        0);
            }
            layer.extractOutputValues().forEach(this::take);
            layer.getOutput().clear();
        }
    }

    private void take(Assignment assignment) {
        told++;
        String line = assignment.event().id() + " " + assignment.customer();
        if (sums.merge(line, assignment.sign(), Integer::sum) == 0) {
            sums.remove(line);
        }
        Map<List<Hop>, Integer> byPath = paths.computeIfAbsent(line, l -> new LinkedHashMap<>());
        if (byPath.merge(assignment.path(), assignment.sign(), Integer::sum) == 0) {
            byPath.remove(assignment.path());
        }
    }

    private static <T> List<T> side(AbstractStreamOperatorTestHarness<?> from, OutputTag<T> tag) {
        Queue<StreamRecord<T>> queue = from.getSideOutput(tag);
        List<T> values = new ArrayList<>();
        if (queue != null) {
            queue.forEach(record -> values.add(record.getValue()));
            queue.clear();
        }
        return values;
    }

    IdentityHarness watermark(long time) throws Exception {
        aliases.processWatermark(time);
        List<Erasure> erasures = side(aliases, AliasFunction.ERASURES);
        reports.addAll(side(aliases, AliasFunction.REPORTS));
        for (var layer : layers.values()) {
            for (Erasure erasure : erasures) {
                layer.processElement2(erasure, time);
            }
        }
        drain();
        for (var layer : layers.values()) {
            layer.processBothWatermarks(new Watermark(time));
            drain();
        }
        return this;
    }

    /** Lets every sweep go on to its end. */
    IdentityHarness sweep() throws Exception {
        for (var layer : layers.values()) {
            while (isSweeping(layer)) {
                layer.setProcessingTime(layer.getProcessingTime() + 10);
            }
        }
        drain();
        for (var layer : layers.values()) {
            reports.addAll(side(layer, IdentityOperator.REPORTS));
        }
        return this;
    }

    private static boolean isSweeping(AbstractStreamOperatorTestHarness<?> layer) {
        return layer.getProcessingTimeService().getNumActiveTimers() > 0;
    }

    List<ErasureReport> reports() {
        return reports;
    }

    /** Ends every operator and starts another from its checkpoint. */
    IdentityHarness restart() throws Exception {
        OperatorSubtaskState graph = aliases.snapshot(1, 1);
        aliases.close();
        aliases = openAliases(graph);
        for (Namespace namespace : byRank) {
            var layer = layers.get(namespace.name());
            OperatorSubtaskState state = layer.snapshot(1, 1);
            layer.close();
            layers.put(namespace.name(), openLayer(namespace.name(), state));
        }
        return this;
    }

    /** {@code <event id> <customer>}, sorted; every sum is 1. */
    List<String> assigned() {
        List<String> lines = new ArrayList<>();
        sums.forEach((line, sum) -> lines.add(sum == 1 ? line : line + " " + sum + " times"));
        return lines;
    }

    /** Why an event is a customer's. */
    List<Hop> path(String line) {
        Map<List<Hop>, Integer> byPath = paths.getOrDefault(line, Map.of());
        if (byPath.size() != 1) {
            throw new IllegalStateException(line + " has the paths " + byPath);
        }
        return byPath.keySet().iterator().next();
    }

    /** How many assignments were told, both signs. */
    int told() {
        return told;
    }

    int stateEntries() throws Exception {
        for (var layer : layers.values()) {
            layer.snapshot(1, 1);
        }
        return layers.values().stream().mapToInt(layer -> layer.numKeyedStateEntries()).sum();
    }

    int timers() {
        return layers.values().stream().mapToInt(layer -> layer.numEventTimeTimers()).sum();
    }

    @Override
    public void close() throws Exception {
        claims.close();
        aliases.close();
        for (var layer : layers.values()) {
            layer.close();
        }
    }
}

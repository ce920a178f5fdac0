package io.tributary.identity;

import io.tributary.identity.EventClaims.AliasEdge;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Knows all declarations that accounts are one, under a single key, and tells each account that is
 * concerned what it stands for now.
 *
 * <p>State: {@code edges}, one value an account that was ever declared to be another; a few, and
 * kept for good, because what was declared holds until it is taken back. On the heap: the graph
 * that they make.
 */
public final class AliasFunction extends KeyedProcessFunction<String, AliasEdge, IdentityMessage> {

    private static final long serialVersionUID = 1L;

    /** The one key. */
    public static final String KEY = "aliases";

    private transient MapState<String, AliasGraph.Edges> edges;
    private transient @Nullable AliasGraph graph;

    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public AliasFunction() {}

    @Override
    public void open(OpenContext context) {
        edges =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "edges",
                                        Types.STRING,
                                        TypeInformation.of(AliasGraph.Edges.class)));
    }

    @Override
    public void processElement(AliasEdge edge, Context ctx, Collector<IdentityMessage> out)
            throws Exception {
        if (graph == null) {
            graph = new AliasGraph();
            for (Map.Entry<String, AliasGraph.Edges> stored : edges.entries()) {
                graph.load(stored.getKey(), stored.getValue());
            }
        }
        graph.add(edge).forEach(out::collect);
        edges.put(edge.from(), graph.stored(edge.from()));
    }
}

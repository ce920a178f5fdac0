package io.tributary.identity;

import io.tributary.erasure.Erasure;
import io.tributary.erasure.ErasureReport;
import io.tributary.erasure.Erasures;
import io.tributary.identity.EventClaims.AliasEdge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Knows all declarations that accounts are one, under a single key, and tells each account that is
 * concerned what it stands for now. Erasures pass through here, because one of an account is one of
 * all accounts that are one with it: {@link #ERASURES}, once event time has reached the request.
 *
 * <p>State: {@code edges}, one value an account that was ever declared to be another; a few, and
 * kept for good, because what was declared holds until it is taken back. {@code erasures}, a hash,
 * an id and a time each, kept for good, so that no replay declares again what was erased; {@code
 * erasures-ahead} those that wait for their time. On the heap: the graph and the erasures.
 */
public final class AliasFunction
        extends KeyedProcessFunction<String, AccountNews, IdentityMessage> {

    private static final long serialVersionUID = 1L;

    /** The one key. */
    public static final String KEY = "aliases";

    /** What is to be erased, for all that keep something of a customer. */
    public static final OutputTag<Erasure> ERASURES =
            new OutputTag<>("erasures", TypeInformation.of(Erasure.class));

    /** That a request is known, and which accounts it erases. */
    public static final OutputTag<ErasureReport> REPORTS =
            new OutputTag<>("erasure-reports", TypeInformation.of(ErasureReport.class));

    private transient MapState<String, AliasGraph.Edges> edges;
    private transient MapState<String, Erasure> erased;
    private transient MapState<String, Erasure> ahead;
    private transient Erasures erasures;
    private transient @Nullable AliasGraph graph;

    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public AliasFunction() {}

    @Override
    public void open(OpenContext context) {
        edges = map("edges", AliasGraph.Edges.class);
        erased = map("erasures", Erasure.class);
        ahead = map("erasures-ahead", Erasure.class);
        erasures = new Erasures();
    }

    private <T> MapState<String, T> map(String name, Class<T> type) {
        return getRuntimeContext()
                .getMapState(
                        new MapStateDescriptor<>(name, Types.STRING, TypeInformation.of(type)));
    }

    private AliasGraph graph() throws Exception {
        AliasGraph known = graph;
        if (known == null) {
            known = new AliasGraph();
            for (Map.Entry<String, AliasGraph.Edges> stored : edges.entries()) {
                known.load(stored.getKey(), stored.getValue());
            }
            for (Erasure erasure : erased.values()) {
                erasures.add(erasure);
            }
            graph = known;
        }
        return known;
    }

    @Override
    public void processElement(AccountNews news, Context ctx, Collector<IdentityMessage> out)
            throws Exception {
        AliasGraph known = graph();
        AliasEdge edge = news.alias();
        Erasure erasure = news.erasure();
        if (edge != null
                && !erasures.covers(edge.from(), edge.time())
                && !erasures.covers(edge.to(), edge.time())) {
            known.add(edge).forEach(out::collect);
            edges.put(edge.from(), known.stored(edge.from()));
        }
        if (erasure != null && !erased.contains(erasure.name())) {
            ahead.put(erasure.name(), erasure);
            ctx.timerService().registerEventTimeTimer(erasure.until());
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext ctx, Collector<IdentityMessage> out)
            throws Exception {
        List<Erasure> due = new ArrayList<>();
        for (Erasure erasure : ahead.values()) {
            if (erasure.until() <= time) {
                due.add(erasure);
            }
        }
        for (Erasure erasure : due) {
            ahead.remove(erasure.name());
            erase(erasure, ctx, out);
        }
    }

    private void erase(Erasure request, Context ctx, Collector<IdentityMessage> out)
            throws Exception {
        AliasGraph known = graph();
        Set<String> accounts = known.oneWith(request.key());
        int number = 0;
        for (String account : accounts) {
            Erasure erasure = new Erasure(request.id(), account, request.until());
            erased.put(erasure.name(), erasure);
            erasures.add(erasure);
            ctx.output(ERASURES, erasure);
            ctx.output(REPORTS, ErasureReport.requested(erasure, number++, accounts.size()));
        }
        Set<String> changed = new TreeSet<>();
        known.forget(accounts, request.until(), changed).forEach(out::collect);
        for (String account : changed) {
            if (known.stored(account).edges().isEmpty()) {
                edges.remove(account);
            } else {
                edges.put(account, known.stored(account));
            }
        }
    }
}

package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.Namespaces;
import io.tributary.identity.IdentityLayer.Counted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Hosts an {@link IdentityLayer}, the same for every rank: messages by identifier in; assignments
 * out, and through {@link ClaimFunction#to} what is told to higher identifiers.
 *
 * <p>State of an identifier: {@code index} ({@link KeyIndex}), {@code entries} by day, {@code
 * events} by hour, and {@code timer}, the one registered event-time timer. All of it is bounded: an
 * hour keeps at most {@code events_an_hour} events, a day {@code claims_a_day} entries, and both
 * are forgotten when they can matter no more ({@link Retention}). Only an account that was declared
 * to be another one is remembered for good.
 */
public final class IdentityFunction
        extends KeyedProcessFunction<String, IdentityMessage, Assignment> {

    private static final long serialVersionUID = 1L;

    private final Definitions definitions;
    private final Duration kept;

    private transient IdentityLayer layer;
    private transient IdentityMetrics metrics;
    private transient StoredKey stored;
    private transient ValueState<Long> timer;

    /**
     * @param kept how late events may come, which is also how far back the customer stage still
     *     changes anything: so long an event can move
     */
    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public IdentityFunction(Definitions definitions, Duration kept) {
        this.definitions = definitions;
        this.kept = kept;
    }

    @Override
    public void open(OpenContext context) {
        Problems problems = new Problems();
        IdentitySettings settings = IdentitySettings.read(definitions, problems);
        EventClaims claims = new EventClaims(Namespaces.read(definitions, problems), settings);
        problems.throwIfAny();
        layer = new IdentityLayer(settings, claims, kept.toMillis());
        metrics = new IdentityMetrics(getRuntimeContext().getMetricGroup().addGroup("identity"));
        stored =
                new StoredKey(
                        getRuntimeContext()
                                .getState(
                                        new ValueStateDescriptor<>(
                                                "index", TypeInformation.of(KeyIndex.class))),
                        getRuntimeContext()
                                .getMapState(
                                        new MapStateDescriptor<>(
                                                "entries",
                                                Types.LONG,
                                                TypeInformation.of(EntryDay.class))),
                        getRuntimeContext()
                                .getMapState(
                                        new MapStateDescriptor<>(
                                                "events",
                                                Types.LONG,
                                                TypeInformation.of(EventHour.class))));
        timer = getRuntimeContext().getState(new ValueStateDescriptor<>("timer", Types.LONG));
    }

    @Override
    public void processElement(IdentityMessage message, Context ctx, Collector<Assignment> out)
            throws Exception {
        long watermark = ctx.timerService().currentWatermark();
        wakeAt(layer.process(message, stored, watermark, output(ctx, out)), ctx);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<Assignment> out)
            throws Exception {
        timer.clear();
        wakeAt(layer.expire(stored, ctx.timerService().currentWatermark()), ctx);
    }

    private IdentityLayer.Output output(Context ctx, Collector<Assignment> out) {
        return new IdentityLayer.Output() {
            @Override
            public void forward(IdentityMessage message) {
                ctx.output(ClaimFunction.to(message.namespace()), message);
            }

            @Override
            public void assign(Assignment assignment) {
                out.collect(assignment);
            }

            @Override
            public void count(Counted what) {
                metrics.count(what);
            }
        };
    }

    private void wakeAt(long time, Context ctx) throws Exception {
        Long registered = timer.value();
        if (registered != null && registered == time) {
            return;
        }
        if (registered != null) {
            ctx.timerService().deleteEventTimeTimer(registered);
            timer.clear();
        }
        if (time != Long.MAX_VALUE) {
            ctx.timerService().registerEventTimeTimer(time);
            timer.update(time);
        }
    }

    /** The current key's state in Flink. */
    private static final class StoredKey implements KeyState {

        private final ValueState<KeyIndex> index;
        private final MapState<Long, EntryDay> entries;
        private final MapState<Long, EventHour> events;

        StoredKey(
                ValueState<KeyIndex> index,
                MapState<Long, EntryDay> entries,
                MapState<Long, EventHour> events) {
            this.index = index;
            this.entries = entries;
            this.events = events;
        }

        @Override
        public @Nullable KeyIndex index() {
            try {
                return index.value();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void index(@Nullable KeyIndex value) {
            try {
                if (value == null) {
                    index.clear();
                } else {
                    index.update(value);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public @Nullable EntryDay entries(long day) {
            return get(entries, day);
        }

        @Override
        public void entries(long day, @Nullable EntryDay value) {
            put(entries, day, value);
        }

        @Override
        public @Nullable EventHour events(long hour) {
            return get(events, hour);
        }

        @Override
        public void events(long hour, @Nullable EventHour value) {
            put(events, hour, value);
        }

        private static <T> @Nullable T get(MapState<Long, T> map, long number) {
            try {
                return map.get(number);
            } catch (Exception e) {
                throw unreadable(e);
            }
        }

        private static <T> void put(MapState<Long, T> map, long number, @Nullable T value) {
            try {
                if (value == null) {
                    map.remove(number);
                } else {
                    map.put(number, value);
                }
            } catch (Exception e) {
                throw unreadable(e);
            }
        }

        private static IllegalStateException unreadable(Exception e) {
            return new IllegalStateException("the state of an identifier cannot be reached", e);
        }
    }
}

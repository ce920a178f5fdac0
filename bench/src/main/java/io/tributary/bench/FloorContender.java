package io.tributary.bench;

import io.tributary.bench.OperatorRun.Store;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.util.Collector;

/**
 * The least that anything with state costs: one get and one put of a value in RocksDB for each
 * event, of as many customers, and nothing else.
 */
final class FloorContender implements EngineContender {

    private static final String VALUES = "value";
    private static final int VALUE_BYTES = 400;

    private final OperatorRun<Assignment, Integer> run;

    FloorContender(EngineTraffic traffic, Store store) throws Exception {
        this(
                IntStream.range(0, traffic.customers()).mapToObj(traffic::customer).toList(),
                traffic.live(EngineTraffic.LIVE, 0).take(1).get(0).event(),
                store);
    }

    /**
     * @param keys of all that have a value
     * @param any event
     */
    FloorContender(List<String> keys, CustomerEvent any, Store store) throws Exception {
        run =
                new OperatorRun<>(
                        new KeyedProcessOperator<>(new GetAndPut()),
                        Assignment::customer,
                        Assignment.class,
                        store,
                        null,
                        emitted -> {});
        for (String key : keys) {
            process(Assignment.plus(key, any));
        }
    }

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public void process(Assignment assignment) throws Exception {
        run.process(assignment, assignment.event().time());
    }

    @Override
    public void watermark(long time) throws Exception {
        run.watermark(time);
    }

    @Override
    public void readAll() throws Exception {
        run.read(VALUES);
    }

    @Override
    public void close() throws Exception {
        run.close();
    }

    private static final class GetAndPut extends KeyedProcessFunction<String, Assignment, Integer> {

        private static final long serialVersionUID = 1L;

        private transient ValueState<byte[]> value;
        private transient SplittableRandom random;

        @SuppressWarnings("NullAway.Init") // open() comes before everything else
        GetAndPut() {}

        @Override
        public void open(OpenContext context) {
            random = new SplittableRandom(1);
            value =
                    getRuntimeContext()
                            .getState(
                                    new ValueStateDescriptor<>(
                                            VALUES,
                                            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        }

        @Override
        public void processElement(Assignment assignment, Context ctx, Collector<Integer> out)
                throws Exception {
            byte[] bytes = value.value();
            if (bytes == null) {
                bytes = new byte[VALUE_BYTES];
                random.nextBytes(bytes);
            }
            bytes[0]++;
            value.update(bytes);
        }
    }
}

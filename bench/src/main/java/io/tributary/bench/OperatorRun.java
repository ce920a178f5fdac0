package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.rocksdb.CompressionType;

/**
 * One keyed operator of Flink on the calling thread. Each record is written and read once before
 * it, as {@code keyBy} does; what comes out is not copied.
 */
final class OperatorRun<IN, OUT> implements AutoCloseable {

    static final int MAX_PARALLELISM = 720;

    /**
     * Where the state is.
     *
     * @param folder for RocksDB and checkpoints; null for objects on the heap
     * @param memory of RocksDB: write buffers, block cache, index and filters
     */
    record Store(@Nullable Path folder, MemorySize memory) {

        static Store rocksDb(Path folder, int megabytes) {
            return new Store(folder, MemorySize.ofMebiBytes(megabytes));
        }

        static Store heap() {
            return new Store(null, MemorySize.ZERO);
        }

        /** As deploy/flink/config.yaml has it. */
        private StateBackend backend() {
            if (folder == null) {
                return new HashMapStateBackend();
            }
            Configuration configuration = new Configuration();
            configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
            configuration.set(RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE, memory);
            configuration.set(
                    RocksDBOptions.TIMER_SERVICE_FACTORY,
                    EmbeddedRocksDBStateBackend.PriorityQueueStateType.ROCKSDB);
            configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
            configuration.set(
                    RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL,
                    List.of(CompressionType.LZ4_COMPRESSION));
            configuration.set(RocksDBOptions.LOCAL_DIRECTORIES, folder.resolve("live").toString());
            return new EmbeddedRocksDBStateBackend()
                    .configure(configuration, OperatorRun.class.getClassLoader());
        }
    }

    private final Store store;
    private final KeyedOneInputStreamOperatorTestHarness<String, IN, OUT> harness;
    private final StreamRecord<IN> record;
    private final TypeSerializer<IN> serializer;
    private final DataOutputSerializer written = new DataOutputSerializer(1_024);
    private final DataInputDeserializer read = new DataInputDeserializer();

    /**
     * @param restored from a checkpoint of the same operator; null to begin with no state
     * @param outputs receives every record, also of side outputs
     */
    @SuppressWarnings("NullAway") // Flink fills in the record before it reads it
    OperatorRun(
            OneInputStreamOperator<IN, OUT> operator,
            KeySelector<IN, String> key,
            Class<IN> type,
            Store store,
            @Nullable OperatorSubtaskState restored,
            Consumer<Object> outputs)
            throws Exception {
        this.store = store;
        this.record = new StreamRecord<>(null);
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        operator, key, Types.STRING, MAX_PARALLELISM, 1, 0);
        serializer =
                TypeInformation.of(type)
                        .createSerializer(harness.getExecutionConfig().getSerializerConfig());
        ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
                .setGenericTypes(false);
        harness.setStateBackend(store.backend());
        if (store.folder() != null) {
            Path checkpoints = Files.createDirectories(store.folder().resolve("checkpoints"));
            harness.setCheckpointStorage(new FileSystemCheckpointStorage(checkpoints.toUri()));
        }
        harness.setOutputCreator(serializer -> new Direct<>(outputs));
        harness.setup();
        if (restored != null) {
            harness.initializeState(restored);
        }
        harness.open();
    }

    void process(IN value, long time) throws Exception {
        serializer.serialize(value, written);
        read.setBuffer(written.getSharedBuffer(), 0, written.length());
        IN received = serializer.deserialize(read);
        written.clear();
        harness.processElement(record.replace(received, time));
    }

    void watermark(long time) throws Exception {
        harness.processWatermark(new Watermark(time));
    }

    /** A checkpoint that comes to nothing: what the operator held back is in its database. */
    void flush(long id) throws Exception {
        harness.snapshot(id, id);
    }

    /** A completed checkpoint. The first holds all, later ones only what changed. */
    OperatorSubtaskState checkpoint(long id) throws Exception {
        OperatorSubtaskState state = harness.snapshot(id, id);
        harness.notifyOfCompletedCheckpoint(id);
        return state;
    }

    /** Reads a keyed state from end to end. */
    void read(String state) throws Exception {
        try (Stream<?> keys = backend().getKeys(state, VoidNamespace.INSTANCE)) {
            keys.forEach(key -> {});
        }
    }

    KeyedStateBackend<?> backend() {
        return harness.getOperator().getKeyedStateBackend();
    }

    /** The folder of RocksDB's files. */
    Path database() throws IOException {
        Path folder = store.folder();
        if (folder == null) {
            throw new IllegalStateException("on the heap");
        }
        try (Stream<Path> files = Files.walk(folder.resolve("live"))) {
            List<Path> found =
                    files.filter(file -> file.endsWith("CURRENT")).map(Path::getParent).toList();
            if (found.size() != 1) {
                throw new IllegalStateException("not one database: " + found);
            }
            return found.get(0);
        }
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }

    /** Hands on what the operator emits as it is. */
    record Direct<T>(Consumer<Object> outputs) implements Output<StreamRecord<T>> {

        @Override
        public void collect(StreamRecord<T> value) {
            outputs.accept(value.getValue());
        }

        @Override
        public <X> void collect(OutputTag<X> tag, StreamRecord<X> value) {
            outputs.accept(value.getValue());
        }

        @Override
        public void emitWatermark(Watermark mark) {}

        @Override
        public void emitWatermark(WatermarkEvent mark) {}

        @Override
        public void emitWatermarkStatus(WatermarkStatus status) {}

        @Override
        public void emitLatencyMarker(LatencyMarker marker) {}

        @Override
        public void emitRecordAttributes(RecordAttributes attributes) {}

        @Override
        public void close() {}
    }
}

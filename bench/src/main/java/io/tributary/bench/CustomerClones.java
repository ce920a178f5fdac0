package io.tributary.bench;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Gives many customers the state that an operator made for a few: copies the rows of its database
 * with another customer's name in the place of the first. Names are equally long ASCII, which
 * Flink's serializers write as they are, so this knows nothing of how the operator arranges its
 * state. The operator must not go on; start another from a checkpoint taken afterwards.
 */
final class CustomerClones {

    private static final int KEY_GROUP_BYTES = 2;
    private static final int BATCH = 2_000;

    private final EngineTraffic traffic;
    private final RocksDB db;
    private final Map<String, ?> states;

    /**
     * @param backend of the operator, on RocksDB
     */
    CustomerClones(EngineTraffic traffic, KeyedStateBackend<?> backend)
            throws ReflectiveOperationException {
        this.traffic = traffic;
        this.db = (RocksDB) field(RocksDBKeyedStateBackend.class, "db").get(backend);
        this.states =
                (Map<String, ?>)
                        field(RocksDBKeyedStateBackend.class, "kvStateInformation").get(backend);
    }

    private static Field field(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** One row of a customer; positions of the customer's name in key and value. */
    private record Row(byte[] key, int[] inKey, byte[] value, int[] inValue) {

        static Row of(byte[] key, byte[] value, byte[] name) {
            return new Row(key, positions(key, name), value, positions(value, name));
        }

        byte[] key(byte[] name, int keyGroup) {
            byte[] copy = renamed(key, inKey, name);
            copy[0] = (byte) (keyGroup >> Byte.SIZE);
            copy[1] = (byte) keyGroup;
            return copy;
        }

        byte[] value(byte[] name) {
            return renamed(value, inValue, name);
        }

        private static byte[] renamed(byte[] bytes, int[] positions, byte[] name) {
            byte[] copy = bytes.clone();
            for (int position : positions) {
                System.arraycopy(name, 0, copy, position, name.length);
            }
            return copy;
        }

        private static int[] positions(byte[] bytes, byte[] name) {
            List<Integer> positions = new ArrayList<>();
            for (int i = 0; i + name.length <= bytes.length; i++) {
                if (Arrays.equals(bytes, i, i + name.length, name, 0, name.length)) {
                    positions.add(i);
                }
            }
            return positions.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /** From the first {@link EngineTraffic#templates} customers to all others. */
    void write() throws Exception {
        for (Object state : states.values()) {
            Object family = field(state.getClass(), "columnFamilyHandle").get(state);
            write((ColumnFamilyHandle) family);
        }
    }

    private void write(ColumnFamilyHandle family) throws Exception {
        List<List<Row>> rows = rows(family);
        try (WriteOptions options = new WriteOptions().setDisableWAL(true);
                WriteBatch batch = new WriteBatch()) {
            for (int i = rows.size(); i < traffic.customers(); i++) {
                byte[] name = name(i);
                int keyGroup =
                        KeyGroupRangeAssignment.assignToKeyGroup(
                                traffic.customer(i), OperatorRun.MAX_PARALLELISM);
                for (Row row : rows.get(traffic.template(i))) {
                    batch.put(family, row.key(name, keyGroup), row.value(name));
                }
                if (batch.count() >= BATCH || i == traffic.customers() - 1) {
                    db.write(options, batch);
                    batch.clear();
                }
            }
        }
    }

    /** By customer; a row that names none of them is nobody's. */
    private List<List<Row>> rows(ColumnFamilyHandle family) {
        Map<String, Integer> numbers = new HashMap<>();
        List<List<Row>> rows = new ArrayList<>();
        for (int i = 0; i < traffic.templates(); i++) {
            numbers.put(new String(name(i), StandardCharsets.US_ASCII), i);
            rows.add(new ArrayList<>());
        }
        try (ReadOptions options = new ReadOptions();
                RocksIterator iterator = db.newIterator(family, options)) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                byte[] key = iterator.key();
                int number = number(key, numbers);
                rows.get(number).add(Row.of(key, iterator.value(), name(number)));
            }
        }
        return rows;
    }

    /** Whose row it is: the name stands after a prefix that is the same in all keys of a state. */
    private static int number(byte[] key, Map<String, Integer> numbers) {
        for (int i = KEY_GROUP_BYTES; i + EngineTraffic.NAME_LENGTH <= key.length; i++) {
            Integer number =
                    numbers.get(
                            new String(
                                    key, i, EngineTraffic.NAME_LENGTH, StandardCharsets.US_ASCII));
            if (number != null) {
                return number;
            }
        }
        throw new IllegalStateException("a row of state without a customer in its key");
    }

    /** What differs between the names of customers. */
    private byte[] name(int number) {
        String customer = traffic.customer(number);
        return customer.substring(customer.length() - EngineTraffic.NAME_LENGTH)
                .getBytes(StandardCharsets.US_ASCII);
    }
}

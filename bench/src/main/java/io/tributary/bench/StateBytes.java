package io.tributary.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * Bytes of keys and values in an operator's database as of its last checkpoint, before RocksDB
 * compresses them, by state. Reads the files beside the operator, so it knows nothing of how the
 * operator arranges its state.
 */
final class StateBytes {

    /** By which Flink's own column families merge lists. */
    private static final String MERGE_OPERATOR = "stringappendtest";

    private StateBytes() {}

    /**
     * @param keyGroups only the first so many key groups are read
     * @return name of the state to bytes
     */
    static TreeMap<String, Long> read(Path database, int keyGroups) throws RocksDBException {
        TreeMap<String, Long> bytes = new TreeMap<>();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (Options options = new Options();
                ColumnFamilyOptions family =
                        new ColumnFamilyOptions().setMergeOperatorName(MERGE_OPERATOR);
                DBOptions dbOptions = new DBOptions()) {
            List<ColumnFamilyDescriptor> families =
                    RocksDB.listColumnFamilies(options, database.toString()).stream()
                            .map(name -> new ColumnFamilyDescriptor(name, family))
                            .toList();
            try (RocksDB db =
                    RocksDB.openReadOnly(dbOptions, database.toString(), families, handles)) {
                for (ColumnFamilyHandle handle : handles) {
                    String name = new String(handle.getName(), StandardCharsets.UTF_8);
                    bytes.put(name, bytes(db, handle, keyGroups));
                    handle.close();
                }
            }
        }
        return bytes;
    }

    private static long bytes(RocksDB db, ColumnFamilyHandle family, int keyGroups) {
        // keys begin with their key group, two bytes, big endian
        byte[] end = {(byte) (keyGroups >> Byte.SIZE), (byte) keyGroups};
        long bytes = 0;
        try (Slice bound = new Slice(end);
                ReadOptions options = new ReadOptions().setIterateUpperBound(bound);
                RocksIterator rows = db.newIterator(family, options)) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                bytes += rows.key().length + rows.value().length;
            }
        }
        return bytes;
    }
}

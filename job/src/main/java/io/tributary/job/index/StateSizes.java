package io.tributary.job.index;

import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;

/** Sizes that were written under another limit. */
final class StateSizes {

    private StateSizes() {}

    /** The same requests, none of which counts for more than {@code most} bytes. */
    static BufferedRequestState<IndexRequest> capped(
            BufferedRequestState<IndexRequest> state, long most) {
        List<RequestEntryWrapper<IndexRequest>> capped =
                state.getBufferedRequestEntries().stream()
                        .map(
                                entry ->
                                        new RequestEntryWrapper<>(
                                                entry.getRequestEntry(),
                                                Math.min(entry.getSize(), most)))
                        .toList();
        return new BufferedRequestState<>(capped);
    }
}

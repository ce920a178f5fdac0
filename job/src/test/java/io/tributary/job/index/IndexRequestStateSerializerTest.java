package io.tributary.job.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.junit.jupiter.api.Test;

class IndexRequestStateSerializerTest {

    /** Written by version 1; never to be changed. */
    private static final String VERSION_1 =
            "ffffffffffffffff000000030000000000000081000000056964782d6100000003c3a431"
                    + "0000000000000007000000000000000b0000000174000000010000000000000063000000"
                    + "02000000027b7dffffffff000000000000007e000000056964782d610000000162000000"
                    + "0000000008000000000000000c000000017400000000000000000000006200000000ffff"
                    + "ffffffffffff000000000000007a00000000000000000000000000000000000000000000"
                    + "000d000000017400000000000000000000006100000000000000027b7d000000066e6f20"
                    + "6b6579";

    private final IndexRequestStateSerializer serializer = new IndexRequestStateSerializer();

    @Test
    void bytesOfVersion1AreRead() throws IOException {
        BufferedRequestState<IndexRequest> state =
                serializer.deserialize(1, HexFormat.of().parseHex(VERSION_1));

        assertThat(state.getBufferedRequestEntries())
                .usingRecursiveComparison()
                .isEqualTo(waiting().getBufferedRequestEntries());
    }

    @Test
    void version1IsWhatIsWritten() throws IOException {
        assertThat(serializer.getVersion()).isEqualTo(1);
        assertThat(HexFormat.of().formatHex(serializer.serialize(waiting()))).isEqualTo(VERSION_1);
    }

    @Test
    void anUnknownVersionIsRefused() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessage("index requests of unknown layout version 2");
    }

    private static BufferedRequestState<IndexRequest> waiting() {
        byte[] json = {'{', '}'};
        return new BufferedRequestState<>(
                List.of(
                        entry(new IndexRequest("idx-a", "ä1", 7, json, 11, "t", 1, 99, 2, null)),
                        entry(new IndexRequest("idx-a", "b", 8, null, 12, "t", 0, 98, 0, null)),
                        entry(new IndexRequest("", "", 0, json, 13, "t", 0, 97, 0, "no key"))));
    }

    private static RequestEntryWrapper<IndexRequest> entry(IndexRequest request) {
        return new RequestEntryWrapper<>(request, request.size());
    }
}

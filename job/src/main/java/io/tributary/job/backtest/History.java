package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.ingest.Ingested;
import io.tributary.job.connectors.IngestDecoders;
import java.io.IOException;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Recorded events that a backtest reads: the same each time it is read. */
interface History {

    /** Where a history comes from. */
    interface Origin {

        /**
         * @param decoders of the sources
         */
        History open(IngestDecoders decoders);
    }

    /** Hands everything to {@code scan}. */
    void read(HistoryScan scan) throws IOException;

    /**
     * The events, for a run.
     *
     * @param until events after it, in epoch milliseconds, are left out
     */
    List<DataStream<Ingested>> streams(StreamExecutionEnvironment env, long until);

    /** What is read, for the report. */
    void describe(ObjectNode input);

    /** What {@link HistoryScan#lines} counts, for people. */
    String unit();
}

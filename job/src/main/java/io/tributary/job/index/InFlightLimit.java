package io.tributary.job.index;

import org.apache.flink.connector.base.sink.writer.strategy.RateLimitingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.ResultInfo;

/** A fixed number of requests at once; slowing down is {@link Backoff}'s part. */
final class InFlightLimit implements RateLimitingStrategy {

    private final int mostRequests;
    private final int batchSize;
    private int inFlight;

    InFlightLimit(int mostRequests, int batchSize) {
        this.mostRequests = mostRequests;
        this.batchSize = batchSize;
    }

    @Override
    public void registerInFlightRequest(RequestInfo request) {
        inFlight++;
    }

    @Override
    public void registerCompletedRequest(ResultInfo result) {
        inFlight--;
    }

    @Override
    public boolean shouldBlock(RequestInfo request) {
        return inFlight >= mostRequests;
    }

    @Override
    public int getMaxBatchSize() {
        return batchSize;
    }
}

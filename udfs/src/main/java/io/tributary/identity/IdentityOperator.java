package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.erasure.Erasures;
import java.time.Duration;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** An identity layer that hears of no erasure: to be measured alone. */
public final class IdentityOperator extends IdentityStageOperator
        implements OneInputStreamOperator<IdentityMessage, Assignment> {

    private static final long serialVersionUID = 1L;

    /**
     * @param kept see {@link IdentityStageOperator}
     * @param cached most identifiers on the heap
     */
    public IdentityOperator(Definitions definitions, Duration kept, int cached) {
        super(definitions, kept, cached);
    }

    @Override
    public void processElement(StreamRecord<IdentityMessage> element) throws Exception {
        process(element);
    }

    @Override
    Erasures erasures() {
        return new Erasures();
    }

    @Override
    void touch(StoredKey key) {}
}

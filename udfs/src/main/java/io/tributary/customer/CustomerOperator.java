package io.tributary.customer;

import io.tributary.definition.Definitions;
import io.tributary.identity.Assignment;
import io.tributary.ledger.LedgerEntry;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** The customer stage with the definitions of files alone. */
public final class CustomerOperator extends CustomerStageOperator
        implements OneInputStreamOperator<Assignment, LedgerEntry> {

    private static final long serialVersionUID = 1L;

    public CustomerOperator(
            Definitions definitions,
            Horizon horizon,
            Evaluation evaluation,
            CustomerLimits limits,
            NanoClock clock) {
        super(definitions, horizon, evaluation, limits, clock);
    }

    @Override
    public void processElement(StreamRecord<Assignment> element) throws Exception {
        assign(element.getValue());
    }
}

package io.tributary.job;

import io.tributary.customer.CustomerLimits;
import io.tributary.customer.Evaluation;
import io.tributary.customer.Horizon;
import io.tributary.definition.Definitions;
import io.tributary.erasure.Checkpoints;
import io.tributary.identity.IdentityOperator;

/**
 * What the topology depends on, beside its sources.
 *
 * @param definitions all of them, as text
 * @param horizon how far back the past can change
 * @param evaluation live, or once at the end of a bounded input
 * @param limits what bounds the customer stage
 * @param identityCache most identifiers that a subtask of an identity layer keeps on the heap
 * @param checkpoints how long they stay, for receipts of erasures
 */
public record PipelineSettings(
        Definitions definitions,
        Horizon horizon,
        Evaluation evaluation,
        CustomerLimits limits,
        int identityCache,
        Checkpoints checkpoints) {

    /** Of a run whose checkpoints nobody keeps. */
    public PipelineSettings(
            Definitions definitions,
            Horizon horizon,
            Evaluation evaluation,
            CustomerLimits limits) {
        this(definitions, horizon, evaluation, limits, IdentityOperator.CACHED, Checkpoints.NONE);
    }
}

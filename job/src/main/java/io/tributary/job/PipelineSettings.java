package io.tributary.job;

import io.tributary.customer.CustomerLimits;
import io.tributary.customer.Evaluation;
import io.tributary.customer.Horizon;
import io.tributary.definition.Definitions;

/**
 * What the topology depends on, beside its sources.
 *
 * @param definitions all of them, as text
 * @param horizon how far back the past can change
 * @param evaluation live, or once at the end of a bounded input
 * @param limits what bounds the customer stage
 */
public record PipelineSettings(
        Definitions definitions, Horizon horizon, Evaluation evaluation, CustomerLimits limits) {}

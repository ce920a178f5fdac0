package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.event.Namespaces;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Assigns each event to the customer that {@link TopIdentifier} names. Keeps no state. */
public final class IdentityFunction extends RichFlatMapFunction<CustomerEvent, Assignment> {

    private static final long serialVersionUID = 1L;

    private final Definitions definitions;
    private transient TopIdentifier top;

    public IdentityFunction(Definitions definitions) {
        this.definitions = definitions;
    }

    @Override
    public void open(OpenContext context) {
        Problems problems = new Problems();
        top = new TopIdentifier(Namespaces.read(definitions, problems));
        problems.throwIfAny();
    }

    @Override
    public void flatMap(CustomerEvent event, Collector<Assignment> out) {
        Identifier customer =
                top.of(event)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "ingest lets no event without identifier pass"));
        out.collect(Assignment.plus(customer.key(), event));
    }
}

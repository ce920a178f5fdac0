package io.tributary.customer;

import io.tributary.event.CompactInput;
import io.tributary.event.CompactOutput;
import io.tributary.identity.Hop;
import java.io.IOException;

/** How a step of a path is written: what it names is likely to be named again. */
final class HopBytes {

    private static final Hop.Rule[] RULES = Hop.Rule.values();

    private HopBytes() {}

    /**
     * @param base a time that the step's lies near to
     */
    static void write(Hop hop, long base, CompactOutput out) throws IOException {
        out.number(hop.rule().ordinal());
        out.string(hop.from());
        out.string(hop.to());
        out.number(hop.time() - base);
        out.string(hop.event());
        out.string(hop.source());
    }

    /**
     * @param base as written
     */
    static Hop read(CompactInput in, long base) throws IOException {
        Hop.Rule rule = RULES[in.count()];
        String from = in.string();
        String to = in.string();
        long time = base + in.number();
        return new Hop(from, to, rule, time, in.string(), in.string());
    }
}

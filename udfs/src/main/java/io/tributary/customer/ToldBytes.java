package io.tributary.customer;

import io.tributary.customer.Told.Asserted;
import io.tributary.customer.Told.Withdrawn;
import io.tributary.event.CompactInput;
import io.tributary.event.CompactOutput;
import io.tributary.intervention.PastDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The bytes of a {@link Told} within those of a {@link CustomerState}: nothing for nothing, else
 * assertions, decisions, what was withdrawn, by {@link CompactOutput}, lists as count and elements,
 * times counted from the one before.
 */
final class ToldBytes {

    private static final int USUAL_LENGTH = 128;

    private ToldBytes() {}

    static byte[] of(Told told) {
        if (told.isNothing()) {
            return new byte[0];
        }
        DataOutputSerializer bytes = new DataOutputSerializer(USUAL_LENGTH);
        try {
            write(told, new CompactOutput(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.getCopyOfBuffer();
    }

    /**
     * @throws UncheckedIOException if these are not the bytes of a {@link Told}
     */
    static Told read(byte[] bytes) {
        if (bytes.length == 0) {
            return Told.NOTHING;
        }
        try {
            return told(new CompactInput(new DataInputDeserializer(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException("what was told cannot be read", e);
        }
    }

    private static void write(Told told, CompactOutput out) throws IOException {
        long time = 0;
        out.number(told.asserted().size());
        for (Asserted asserted : told.asserted()) {
            out.string(asserted.painPoint());
            out.string(asserted.pattern());
            out.number(asserted.version());
            out.number(asserted.start() - time);
            out.number(asserted.end() - asserted.start());
            out.number(asserted.detectedAt() - asserted.end());
            time = asserted.start();
        }
        out.number(told.decisions().size());
        for (PastDecision decision : told.decisions()) {
            out.string(decision.painPoint());
            out.string(decision.pattern());
            out.number(decision.decidedAt() - time);
            out.number(decision.wasOffered() ? 1 : 0);
            time = decision.decidedAt();
        }
        out.number(told.withdrawn().size());
        for (Withdrawn withdrawn : told.withdrawn()) {
            out.string(withdrawn.painPoint());
            out.number(withdrawn.end() - time);
            time = withdrawn.end();
        }
    }

    private static Told told(CompactInput in) throws IOException {
        long time = 0;
        int count = in.count();
        List<Asserted> asserted = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String painPoint = in.string();
            String pattern = in.string();
            int version = in.count();
            long start = time + in.number();
            long end = start + in.number();
            asserted.add(new Asserted(painPoint, pattern, version, start, end, end + in.number()));
            time = start;
        }
        count = in.count();
        List<PastDecision> decisions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String painPoint = in.string();
            String pattern = in.string();
            time += in.number();
            decisions.add(new PastDecision(painPoint, pattern, time, in.number() != 0));
        }
        count = in.count();
        List<Withdrawn> withdrawn = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String painPoint = in.string();
            time += in.number();
            withdrawn.add(new Withdrawn(painPoint, time));
        }
        return new Told(asserted, decisions, withdrawn);
    }
}

package io.tributary.customer;

import io.tributary.customer.CustomerState.Resume;
import io.tributary.erasure.Erasure;
import io.tributary.event.CompactInput;
import io.tributary.event.CompactOutput;
import io.tributary.event.CustomerEvent;
import io.tributary.event.FlatSerializer;
import io.tributary.journey.CustomerSummary;
import io.tributary.journey.JourneyState;
import io.tributary.journey.Reason;
import io.tributary.journey.StageVisit;
import io.tributary.journey.Touchpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes of a {@link CustomerState}. The first byte is the layout's version; version 2: its
 * fields in order by {@link CompactOutput}, lists as count and elements, digests as differences,
 * times of the summary counted from its newest.
 */
final class CustomerStateSerializer extends FlatSerializer<CustomerState> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION_2 = 2;

    static final CustomerStateSerializer INSTANCE = new CustomerStateSerializer();

    @Override
    public CustomerState createInstance() {
        return CustomerState.NEW;
    }

    @Override
    public void serialize(CustomerState state, DataOutputView view) throws IOException {
        view.writeByte(VERSION_2);
        CompactOutput out = new CompactOutput(view);
        summary(state.summary(), out);
        out.once(state.lastId());
        out.number(state.ids().length);
        int previous = 0;
        for (int digest : state.ids()) {
            out.number((long) digest - previous);
            previous = digest;
        }
        out.number(state.firedTo());
        out.number(state.revision());
        out.number(state.wakeAt());
        out.number(state.trimAt());
        out.number(state.library());
        out.number(state.resumes().size());
        for (Resume resume : state.resumes()) {
            out.string(resume.pattern());
            out.number(resume.from());
            out.number(resume.deadline());
            out.number(resume.expires());
        }
        boolean erased = state.erasedUntil() != Long.MIN_VALUE;
        out.bytes(state.told());
        out.number((erased ? 1 : 0) + 2L * state.erasing().size());
        if (erased) {
            out.number(state.erasedUntil());
        }
        for (Erasure erasure : state.erasing()) {
            out.string(erasure.id());
            out.string(erasure.key());
            out.number(erasure.until());
        }
    }

    private static void summary(CustomerSummary summary, CompactOutput out) throws IOException {
        long now = summary.updatedAt();
        out.number(now);
        out.number(summary.channelSwitches());
        out.number(summary.identifiers().size());
        for (String identifier : summary.identifiers()) {
            out.once(identifier);
        }
        out.number(summary.reasons().size());
        for (Reason reason : summary.reasons()) {
            HopBytes.write(reason.hop(), now, out);
            out.number(reason.events());
        }
        out.number(summary.states().size());
        for (JourneyState state : summary.states()) {
            out.string(state.journey());
            out.string(state.stage());
            out.number(now - state.begunAt());
            out.number(now - state.enteredAt());
            out.number(now - state.seenAt());
            out.number((state.ended() ? 1 : 0) + (state.goalReached() ? 2 : 0));
        }
        out.number(summary.visits().size());
        for (StageVisit visit : summary.visits()) {
            out.string(visit.journey());
            out.string(visit.stage());
            out.number(now - visit.enteredAt());
            out.number(visit.leftAt());
        }
        out.number(summary.touchpoints().size());
        for (Touchpoint touchpoint : summary.touchpoints()) {
            out.once(touchpoint.event());
            out.string(touchpoint.type());
            out.string(touchpoint.channel());
            out.number(now - touchpoint.time());
        }
        out.number(summary.consents().size());
        for (CustomerEvent consent : summary.consents()) {
            out.event(consent, now);
        }
    }

    @Override
    public CustomerState deserialize(DataInputView view) throws IOException {
        byte version = view.readByte();
        if (version != VERSION_2) {
            throw new IOException("customer state of unknown layout version " + version);
        }
        CompactInput in = new CompactInput(view);
        CustomerSummary summary = summary(in);
        String lastId = in.once();
        int[] ids = new int[in.count()];
        int previous = 0;
        for (int i = 0; i < ids.length; i++) {
            previous += in.number();
            ids[i] = previous;
        }
        long firedTo = in.number();
        long revision = in.number();
        long wakeAt = in.number();
        long trimAt = in.number();
        long library = in.number();
        int count = in.count();
        List<Resume> resumes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            resumes.add(new Resume(in.string(), in.number(), in.number(), in.number()));
        }
        byte[] told = in.bytes();
        int last = in.count();
        long erasedUntil = (last & 1) == 0 ? Long.MIN_VALUE : in.number();
        List<Erasure> erasing = new ArrayList<>(0);
        for (int i = 0; i < last >> 1; i++) {
            erasing.add(new Erasure(in.string(), in.string(), in.number()));
        }
        return new CustomerState(
                summary,
                lastId,
                ids,
                firedTo,
                revision,
                wakeAt,
                trimAt,
                library,
                resumes,
                told,
                erasedUntil,
                erasing);
    }

    private static CustomerSummary summary(CompactInput in) throws IOException {
        long now = in.number();
        long switches = in.number();
        int count = in.count();
        List<String> identifiers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            identifiers.add(in.once());
        }
        count = in.count();
        List<Reason> reasons = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            reasons.add(new Reason(HopBytes.read(in, now), in.number()));
        }
        count = in.count();
        List<JourneyState> states = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String journey = in.string();
            String stage = in.string();
            long begunAt = now - in.number();
            long enteredAt = now - in.number();
            long seenAt = now - in.number();
            long flags = in.number();
            states.add(
                    new JourneyState(
                            journey,
                            stage,
                            begunAt,
                            enteredAt,
                            seenAt,
                            (flags & 1) != 0,
                            (flags & 2) != 0));
        }
        count = in.count();
        List<StageVisit> visits = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            visits.add(new StageVisit(in.string(), in.string(), now - in.number(), in.number()));
        }
        count = in.count();
        List<Touchpoint> touchpoints = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            touchpoints.add(new Touchpoint(in.once(), in.string(), in.string(), now - in.number()));
        }
        count = in.count();
        List<CustomerEvent> consents = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            consents.add(in.event(now));
        }
        return new CustomerSummary(
                identifiers, reasons, states, visits, touchpoints, switches, consents, now);
    }

    @Override
    public TypeSerializerSnapshot<CustomerState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to configure; the layout version is in each value. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CustomerState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

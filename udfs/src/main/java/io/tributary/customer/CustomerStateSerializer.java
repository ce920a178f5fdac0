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
 * The bytes of a {@link CustomerState}. The first byte is the layout's version; version 3: its
 * fields in order by {@link CompactOutput}, lists as count and elements, digests of 4 bytes, times
 * counted from the newest of the summary. They are read for every visit, so each of them counts.
 */
final class CustomerStateSerializer extends FlatSerializer<CustomerState> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION_3 = 3;

    static final CustomerStateSerializer INSTANCE = new CustomerStateSerializer();

    @Override
    public CustomerState createInstance() {
        return CustomerState.NEW;
    }

    @Override
    public void serialize(CustomerState state, DataOutputView view) throws IOException {
        view.writeByte(VERSION_3);
        CompactOutput out = new CompactOutput(view);
        CustomerSummary summary = state.summary();
        long now = now(summary.updatedAt());
        summary(summary, out);
        boolean isLastTouchpoint = state.lastId().equals(lastTouchpoint(summary));
        out.number(isLastTouchpoint ? 1 : 0);
        if (!isLastTouchpoint) {
            out.once(state.lastId());
        }
        out.number(state.ids().length);
        for (int digest : state.ids()) {
            out.digest(digest);
        }
        time(state.firedTo(), now, out);
        time(state.revision(), now, out);
        time(state.wakeAt(), now, out);
        time(state.trimAt(), now, out);
        out.number(state.library());
        out.number(state.resumes().size());
        for (Resume resume : state.resumes()) {
            out.string(resume.pattern());
            time(resume.from(), now, out);
            time(resume.deadline(), now, out);
            time(resume.expires(), now, out);
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

    /** Of a customer without events the beginning of the epoch. */
    private static long now(long updatedAt) {
        return Math.max(0, updatedAt);
    }

    private static String lastTouchpoint(CustomerSummary summary) {
        return summary.touchpoints().isEmpty() ? "" : summary.touchpoints().get(0).event();
    }

    /** One that lies near to {@code now}, or none: both ends of time are 0 and 1. */
    private static void time(long time, long now, CompactOutput out) throws IOException {
        if (time == Long.MAX_VALUE) {
            out.number(0);
        } else if (time == Long.MIN_VALUE) {
            out.number(1);
        } else {
            long distance = time - now;
            out.number(distance < 0 ? distance : distance + 2);
        }
    }

    private static long time(CompactInput in, long now) throws IOException {
        long distance = in.number();
        if (distance == 0) {
            return Long.MAX_VALUE;
        }
        if (distance == 1) {
            return Long.MIN_VALUE;
        }
        return now + (distance < 0 ? distance : distance - 2);
    }

    private static void summary(CustomerSummary summary, CompactOutput out) throws IOException {
        out.number(summary.updatedAt());
        long now = now(summary.updatedAt());
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
            time(visit.leftAt(), now, out);
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
        if (version != VERSION_3) {
            throw new IOException("customer state of unknown layout version " + version);
        }
        CompactInput in = new CompactInput(view);
        CustomerSummary summary = summary(in);
        long now = now(summary.updatedAt());
        String lastId = in.number() == 0 ? in.once() : lastTouchpoint(summary);
        int[] ids = new int[in.count()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = in.digest();
        }
        long firedTo = time(in, now);
        long revision = time(in, now);
        long wakeAt = time(in, now);
        long trimAt = time(in, now);
        long library = in.number();
        int count = in.count();
        List<Resume> resumes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            resumes.add(new Resume(in.string(), time(in, now), time(in, now), time(in, now)));
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
        long updatedAt = in.number();
        long now = now(updatedAt);
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
            visits.add(new StageVisit(in.string(), in.string(), now - in.number(), time(in, now)));
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
                identifiers, reasons, states, visits, touchpoints, switches, consents, updatedAt);
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

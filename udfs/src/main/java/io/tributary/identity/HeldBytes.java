package io.tributary.identity;

import io.tributary.event.CompactInput;
import io.tributary.event.CompactOutput;
import io.tributary.event.CustomerEvent;
import io.tributary.event.CustomerEventSerializer;
import io.tributary.event.Identifier;
import io.tributary.identity.EventHour.Arrival;
import io.tributary.identity.EventHour.Destination;
import io.tributary.identity.EventHour.Held;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the events of an hour are written: each after what it has in common with the one before it,
 * which in one visit is most of it.
 */
final class HeldBytes {

    private static final int OWN = 1;
    private static final int SAME_TYPE = 2;
    private static final int SAME_SOURCE = 4;
    private static final int SAME_IDENTIFIERS = 8;
    private static final int SAME_DESTINATION = 16;
    private static final int SAME_ARRIVALS = 32;

    private static final CustomerEvent NONE = CustomerEventSerializer.INSTANCE.createInstance();

    private HeldBytes() {}

    /**
     * @param last the one before it; null for the first
     */
    static void write(Held held, @Nullable Held last, CompactOutput out) throws IOException {
        int flags = flags(held, last);
        CustomerEvent event = held.event();
        out.number(flags);
        out.once(event.id());
        out.number(event.time() - (last == null ? 0 : last.event().time()));
        out.number(event.originalTime() - event.time());
        out.number(event.receivedTime() - event.time());
        if ((flags & SAME_TYPE) == 0) {
            out.once(event.type());
        }
        if ((flags & SAME_SOURCE) == 0) {
            out.once(event.channel());
            out.once(event.source());
        }
        if ((flags & SAME_IDENTIFIERS) == 0) {
            identifiers(event.identifiers(), out);
        }
        out.bytes(event.propertiesJson());
        if ((flags & SAME_ARRIVALS) == 0) {
            out.number(held.arrivals().size());
            for (Arrival arrival : held.arrivals()) {
                IdentityBytes.path(arrival.path(), out);
                out.number(arrival.sum());
            }
        }
        Destination sent = held.sent();
        if ((flags & SAME_DESTINATION) == 0) {
            out.number(sent == null ? 0 : sent.isCustomer() ? 1 : 2);
            if (sent != null) {
                out.once(sent.key());
                IdentityBytes.path(sent.path(), out);
            }
        }
    }

    private static int flags(Held held, @Nullable Held last) {
        int flags = held.own() ? OWN : 0;
        if (last == null) {
            return flags;
        }
        CustomerEvent event = held.event();
        CustomerEvent before = last.event();
        flags |= event.type().equals(before.type()) ? SAME_TYPE : 0;
        flags |=
                event.source().equals(before.source()) && event.channel().equals(before.channel())
                        ? SAME_SOURCE
                        : 0;
        flags |= event.identifiers().equals(before.identifiers()) ? SAME_IDENTIFIERS : 0;
        flags |= held.arrivals().equals(last.arrivals()) ? SAME_ARRIVALS : 0;
        return flags | (Objects.equals(held.sent(), last.sent()) ? SAME_DESTINATION : 0);
    }

    private static void identifiers(List<Identifier> identifiers, CompactOutput out)
            throws IOException {
        out.number(identifiers.size());
        for (Identifier identifier : identifiers) {
            byte[] sealed = identifier.sealed();
            out.once(identifier.namespace());
            out.once(identifier.value());
            out.number(sealed == null ? 0 : 1);
            if (sealed != null) {
                out.bytes(sealed);
            }
        }
    }

    /**
     * @param last the one before it; null for the first
     */
    static Held read(CompactInput in, @Nullable Held last) throws IOException {
        int flags = in.count();
        CustomerEvent before = last == null ? NONE : last.event();
        String id = in.once();
        long time = before.time() + in.number();
        long originalTime = time + in.number();
        long receivedTime = time + in.number();
        String type = (flags & SAME_TYPE) != 0 ? before.type() : in.name();
        boolean sameSource = (flags & SAME_SOURCE) != 0;
        String channel = sameSource ? before.channel() : in.name();
        String source = sameSource ? before.source() : in.name();
        List<Identifier> identifiers =
                (flags & SAME_IDENTIFIERS) != 0 ? before.identifiers() : identifiers(in);
        CustomerEvent event =
                new CustomerEvent(
                        id,
                        type,
                        time,
                        originalTime,
                        receivedTime,
                        channel,
                        source,
                        identifiers,
                        in.bytes());
        List<Arrival> arrivals =
                last != null && (flags & SAME_ARRIVALS) != 0
                        ? last.arrivals()
                        : IdentityBytes.list(
                                in, () -> new Arrival(IdentityBytes.path(in), in.count()));
        Destination sent =
                last != null && (flags & SAME_DESTINATION) != 0 ? last.sent() : destination(in);
        return new Held(event, (flags & OWN) != 0, arrivals, sent);
    }

    private static @Nullable Destination destination(CompactInput in) throws IOException {
        int kind = in.count();
        return kind == 0 ? null : new Destination(kind == 1, in.once(), IdentityBytes.path(in));
    }

    private static List<Identifier> identifiers(CompactInput in) throws IOException {
        int count = in.count();
        List<Identifier> identifiers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String namespace = in.name();
            String value = in.once();
            identifiers.add(new Identifier(namespace, value, in.number() == 0 ? null : in.bytes()));
        }
        return identifiers;
    }
}

package io.tributary.identity;

import io.tributary.event.CompactInput;
import io.tributary.event.CompactOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;

/** How the parts of what identifiers keep and are told are written; lists as count, elements. */
final class IdentityBytes {

    private static final Entry.Kind[] KINDS = Entry.Kind.values();
    private static final Hop.Rule[] RULES = Hop.Rule.values();

    private IdentityBytes() {}

    interface Writer<T> {
        void write(T value) throws IOException;
    }

    interface Reader<T> {
        T read() throws IOException;
    }

    static <T> void list(List<T> values, CompactOutput out, Writer<T> writer) throws IOException {
        out.number(values.size());
        for (T value : values) {
            writer.write(value);
        }
    }

    static <T> List<T> list(CompactInput in, Reader<T> reader) throws IOException {
        int count = in.count();
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(reader.read());
        }
        return values;
    }

    static void version(byte known, DataInputView in, String what) throws IOException {
        byte version = in.readByte();
        if (version != known) {
            throw new IOException(what + " of unknown layout version " + version);
        }
    }

    static void entry(Entry entry, CompactOutput out) throws IOException {
        out.number(entry.time());
        out.string(entry.event());
        out.number(entry.kind().ordinal());
        out.string(entry.target());
        out.string(entry.source());
    }

    static Entry entry(CompactInput in) throws IOException {
        return new Entry(in.number(), in.string(), KINDS[in.count()], in.string(), in.string());
    }

    static void path(List<Hop> path, CompactOutput out) throws IOException {
        out.number(path.size());
        for (Hop hop : path) {
            out.once(hop.from());
            out.once(hop.to());
            out.number(hop.rule().ordinal());
            out.number(hop.time());
            out.once(hop.event());
            out.once(hop.source());
        }
    }

    static List<Hop> path(CompactInput in) throws IOException {
        return list(
                in,
                () ->
                        new Hop(
                                in.once(),
                                in.once(),
                                RULES[in.count()],
                                in.number(),
                                in.once(),
                                in.once()));
    }

    static void presence(Presence presence, CompactOutput out) throws IOException {
        out.number(presence.days().size());
        for (Presence.Day day : presence.days()) {
            out.number(day.day());
            out.number(day.full() ? 1 : 0);
            out.number(day.spans().size());
            for (Presence.Span span : day.spans()) {
                out.string(span.name());
                out.number(span.first() - Days.start(day.day()));
                out.number(span.last() - span.first());
            }
        }
    }

    static Presence presence(CompactInput in) throws IOException {
        return new Presence(
                list(
                        in,
                        () -> {
                            long day = in.number();
                            boolean full = in.number() == 1;
                            return new Presence.Day(day, full, list(in, () -> span(in, day)));
                        }));
    }

    private static Presence.Span span(CompactInput in, long day) throws IOException {
        String name = in.string();
        long first = Days.start(day) + in.number();
        return new Presence.Span(name, first, first + in.number());
    }
}

package io.tributary.bench;

import io.tributary.local.traffic.InventedDay;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Events to be sent, one after the other. */
interface Events {

    /**
     * One of them.
     *
     * @param value a Segment JSON object, UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Event(String channel, String userId, byte[] value) {}

    int count();

    /** Asked for once each, in order. */
    Event next(int number);

    /** Written when they are sent. */
    static Events of(InventedDay day) {
        return new Events() {
            @Override
            public int count() {
                return day.size();
            }

            @Override
            public Event next(int number) {
                return new Event(day.channel(number), day.userId(number), day.value(number));
            }
        };
    }

    /** Events in a file, so that neither they nor their plan are on the heap. */
    final class Written implements Events, AutoCloseable {

        private static final int BUFFER = 1 << 20;

        private final int count;
        private final DataInputStream in;

        private Written(int count, Path file) throws IOException {
            this.count = count;
            this.in =
                    new DataInputStream(
                            new BufferedInputStream(Files.newInputStream(file), BUFFER));
        }

        static Written to(Path file, InventedDay day) throws IOException {
            try (DataOutputStream out =
                    new DataOutputStream(
                            new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
                for (int event = 0; event < day.size(); event++) {
                    byte[] value = day.value(event);
                    out.writeUTF(day.channel(event));
                    out.writeUTF(day.userId(event));
                    out.writeInt(value.length);
                    out.write(value);
                }
            }
            return new Written(day.size(), file);
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public Event next(int number) {
            try {
                String channel = in.readUTF();
                String userId = in.readUTF();
                return new Event(channel, userId, in.readNBytes(in.readInt()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}

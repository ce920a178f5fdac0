package io.tributary.job.index;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of documents that wait in a checkpoint. Every version ever written stays readable.
 *
 * <p>Version 1, after what {@link AsyncSinkWriterStateSerializer} puts before each: index, id as
 * length and UTF-8; version, written as longs; origin as length and UTF-8; partition as int;
 * position as long; refusals as int; document and problem as length (-1 for null) and bytes.
 */
final class IndexRequestStateSerializer extends AsyncSinkWriterStateSerializer<IndexRequest> {

    static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public BufferedRequestState<IndexRequest> deserialize(int version, byte[] bytes)
            throws IOException {
        if (version != VERSION) {
            throw new IOException("index requests of unknown layout version " + version);
        }
        return super.deserialize(version, bytes);
    }

    @Override
    protected void serializeRequestToStream(IndexRequest request, DataOutputStream out)
            throws IOException {
        writeText(request.index(), out);
        writeText(request.id(), out);
        out.writeLong(request.version());
        out.writeLong(request.written());
        writeText(request.origin(), out);
        out.writeInt(request.partition());
        out.writeLong(request.position());
        out.writeInt(request.refusals());
        writeBytes(request.document(), out);
        writeText(request.problem(), out);
    }

    @Override
    protected IndexRequest deserializeRequestFromStream(long size, DataInputStream in)
            throws IOException {
        String index = readText(in);
        String id = readText(in);
        long version = in.readLong();
        long written = in.readLong();
        String origin = readText(in);
        int partition = in.readInt();
        long position = in.readLong();
        int refusals = in.readInt();
        byte[] document = readBytes(in);
        byte[] problem = readBytes(in);
        return new IndexRequest(
                index,
                id,
                version,
                document,
                written,
                origin,
                partition,
                position,
                refusals,
                problem == null ? null : new String(problem, StandardCharsets.UTF_8));
    }

    private static void writeText(@Nullable String text, DataOutputStream out) throws IOException {
        writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static void writeBytes(byte @Nullable [] bytes, DataOutputStream out)
            throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = readBytes(in);
        if (bytes == null) {
            throw new IOException("a text is missing");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }
}

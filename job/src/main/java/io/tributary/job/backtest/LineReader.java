package io.tributary.job.backtest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines as bytes, exactly as they stand, and counts them from 1. Nothing is decoded here, so
 * a line that is no UTF-8 arrives unharmed. Files ending in {@code .gz} are unpacked.
 */
final class LineReader implements Closeable {

    /**
     * Longest part of a line that is held in memory; the decoder rejects such a line by its size.
     */
    static final int LONGEST = 16 << 20;

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private long line;

    LineReader(String name, InputStream raw) throws IOException {
        this.in =
                name.endsWith(".gz")
                        ? new GZIPInputStream(raw, BUFFER)
                        : new BufferedInputStream(raw, BUFFER);
    }

    /** The next line without its line feed; null at the end of the file. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        boolean any = false;
        while (fill()) {
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            int length = Math.min(end - position, LONGEST - bytes.size());
            bytes.write(buffer, position, length);
            boolean complete = end < limit;
            position = complete ? end + 1 : end;
            if (complete) {
                break;
            }
        }
        if (!any) {
            return null;
        }
        line++;
        return bytes.toByteArray();
    }

    /** Number of the line that {@link #next} returned last; 0 before the first. */
    long line() {
        return line;
    }

    private boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        position = 0;
        limit = in.read(buffer);
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

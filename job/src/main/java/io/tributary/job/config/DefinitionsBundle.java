package io.tributary.job.config;

import io.tributary.definition.Definitions;
import io.tributary.definition.Definitions.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Definitions as one word of text, so that they travel with a submission to where the main method
 * runs: gzip of (role, path, content) for each file, as Base64. The same definitions always give
 * the same word.
 */
public final class DefinitionsBundle {

    /** Characters of a bundle; definitions of ordinary size take one in a hundred of it. */
    public static final int MOST_CHARACTERS = 4 << 20;

    /** Bytes of one unpacked bundle: what a job is willing to hold. */
    private static final int MOST_BYTES = 64 << 20;

    private DefinitionsBundle() {}

    /**
     * @throws ConfigException if it becomes longer than {@link #MOST_CHARACTERS}
     */
    public static String pack(Definitions definitions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            out.writeInt(definitions.files().size());
            for (var file : definitions.files().entrySet()) {
                write(out, file.getKey());
                write(out, file.getValue().path());
                write(out, file.getValue().text());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String bundle = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
        if (bundle.length() > MOST_CHARACTERS) {
            throw new ConfigException(
                    String.format(
                            "the definitions are too large to travel with a submission: %d"
                                    + " characters packed, at most %d; start the job with"
                                    + " Flink's own client and name a folder of the"
                                    + " JobManager with %s",
                            bundle.length(),
                            MOST_CHARACTERS,
                            TributaryOptions.DEFINITIONS_DIR.key()));
        }
        return bundle;
    }

    /**
     * @throws ConfigException if {@code bundle} was not made by {@link #pack}
     */
    public static Definitions unpack(String bundle) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(bundle);
            InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes));
            byte[] plain = unzipped.readNBytes(MOST_BYTES);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
            TreeMap<String, SourceFile> files = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String role = read(in);
                files.put(role, new SourceFile(read(in), read(in)));
            }
            return Definitions.of(files);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    TributaryOptions.DEFINITIONS_BUNDLE.key()
                            + " is no bundle of definitions as submit packs them: "
                            + e.getMessage(),
                    e);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length != length) {
            throw new IOException("it ends in the middle");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

package io.tributary.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The key of all pseudonyms. With another key every customer has another name, so it is chosen once
 * and kept; who has it can test guesses and open sealed identifiers.
 */
public final class IdentifierSecret implements Serializable {

    private static final long serialVersionUID = 1L;

    /** HMAC-SHA-256 asks for a key as long as its hash (RFC 2104, section 3). */
    public static final int LEAST_BYTES = 32;

    private final byte[] bytes;

    private IdentifierSecret(byte[] bytes, String from) {
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "the identifier secret in "
                            + from
                            + " has "
                            + bytes.length
                            + " bytes, it needs at least "
                            + LEAST_BYTES
                            + "; 'openssl rand -hex 32' makes one");
        }
        this.bytes = bytes;
    }

    /**
     * The bytes of a file without a line break at its end.
     *
     * @throws IllegalArgumentException if it cannot be read or is too short
     */
    public static IdentifierSecret fromFile(Path file) {
        try {
            byte[] read = Files.readAllBytes(file);
            int length = read.length;
            while (length > 0 && (read[length - 1] == '\n' || read[length - 1] == '\r')) {
                length--;
            }
            return new IdentifierSecret(Arrays.copyOf(read, length), "file " + file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the identifier secret in file " + file + " cannot be read: " + e, e);
        }
    }

    /**
     * The UTF-8 bytes of a variable.
     *
     * @throws IllegalArgumentException if it is not set or too short
     */
    public static IdentifierSecret fromEnvironment(
            Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the identifier secret is missing: the environment variable "
                            + variable
                            + " is not set");
        }
        return new IdentifierSecret(
                value.getBytes(StandardCharsets.UTF_8), "environment variable " + variable);
    }

    /** Known to everybody: for tests, demonstrations and backtests on invented data only. */
    public static IdentifierSecret publishedTestKey() {
        return new IdentifierSecret(
                "tributary published test key: protects nothing, never use it for real customers"
                        .getBytes(StandardCharsets.UTF_8),
                "the source code");
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Never the secret itself. */
    @Override
    public String toString() {
        return "IdentifierSecret(not shown)";
    }
}

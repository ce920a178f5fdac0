package io.tributary.ingest;

import com.google.crypto.tink.subtle.AesSiv;
import com.google.crypto.tink.subtle.Hkdf;
import io.tributary.event.Identifier;
import io.tributary.event.Namespace;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces normalised identifiers by keyed hashes: the first 128 bits of HMAC-SHA-256(secret,
 * namespace U+001F value), in hex. Deliverable namespaces are also sealed with AES-SIV (RFC 5297),
 * whose key is derived from the same secret by HKDF-SHA-256 (RFC 5869), the namespace being
 * associated data. Both are deterministic, so a replay gives the same bytes. One instance serves
 * one thread.
 */
public final class Pseudonymiser {

    private static final String HMAC = "HmacSHA256";
    private static final byte[] SEALING = utf8("tributary identifier sealing v1");
    private static final byte SEPARATOR = 0x1F;
    private static final int HASH_BYTES = 16;
    private static final int AES_SIV_KEY_BYTES = 64;

    private final Mac mac;
    private final AesSiv siv;

    public Pseudonymiser(IdentifierSecret secret) {
        try {
            mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.bytes(), HMAC));
            siv =
                    new AesSiv(
                            Hkdf.computeHkdf(
                                    HMAC, secret.bytes(), new byte[0], SEALING, AES_SIV_KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HMAC-SHA-256 or AES", e);
        }
    }

    /**
     * @param normalised see {@link io.tributary.event.Namespaces#normalise}
     */
    public Identifier pseudonym(Namespace namespace, String normalised) {
        byte[] name = utf8(namespace.name());
        byte[] value = utf8(normalised);
        mac.update(name);
        mac.update(SEPARATOR);
        String hash = HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(value), HASH_BYTES));
        if (!namespace.deliverable()) {
            return new Identifier(namespace.name(), hash);
        }
        try {
            return new Identifier(
                    namespace.name(), hash, siv.encryptDeterministically(value, name));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /**
     * The normalised value of a deliverable identifier; for delivery alone.
     *
     * @throws GeneralSecurityException if it was sealed with another secret or for another
     *     namespace
     */
    public String open(String namespace, byte[] sealed) throws GeneralSecurityException {
        return new String(
                siv.decryptDeterministically(sealed, utf8(namespace)), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

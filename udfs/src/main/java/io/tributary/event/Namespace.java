package io.tributary.event;

import java.io.Serializable;

/**
 * A kind of identifier, from {@code identity.yaml}.
 *
 * @param name such as {@code user_id}
 * @param tier device, contact or account
 * @param rank strictly rising over all namespaces; a higher rank outranks a lower one
 * @param normaliser how a raw value is brought into one form before it is hashed
 * @param deliverable whether events also carry the sealed value
 */
public record Namespace(
        String name, Tier tier, int rank, Normaliser normaliser, boolean deliverable)
        implements Serializable {

    /** Ways to bring a raw identifier into one form. */
    public enum Normaliser {
        /** White space at both ends removed. */
        TRIM,
        /** Trimmed and lower case. */
        LOWERCASE,
        /** Trimmed, lower case, must hold one {@code @} with text on both sides. */
        EMAIL,
        /** E.164, such as {@code +493012345678}. */
        PHONE
    }
}

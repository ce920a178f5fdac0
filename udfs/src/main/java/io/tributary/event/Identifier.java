package io.tributary.event;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A name that a channel knows a customer by, pseudonymised.
 *
 * @param namespace kind of name, such as {@code email}; see {@link Namespace}
 * @param value keyed hash of the normalised name, 32 lower-case hex digits
 * @param sealed the normalised name itself under deterministic authenticated encryption, only for
 *     namespaces marked {@code deliverable}; only delivery opens it
 */
public record Identifier(String namespace, String value, byte @Nullable [] sealed)
        implements Comparable<Identifier> {

    private static final Comparator<Identifier> BY_NAME =
            Comparator.comparing(Identifier::namespace).thenComparing(Identifier::value);

    public Identifier(String namespace, String value) {
        this(namespace, value, null);
    }

    /** {@code namespace:value}, the form in which an identifier names a customer. */
    public String key() {
        return namespace + ":" + value;
    }

    /** Whether {@code key} is this identifier's {@link #key}. */
    public boolean hasKey(String key) {
        int colon = namespace.length();
        return key.length() == colon + 1 + value.length()
                && key.endsWith(value)
                && key.charAt(colon) == ':'
                && key.startsWith(namespace);
    }

    @Override
    public int compareTo(Identifier other) {
        return BY_NAME.compare(this, other);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Identifier other
                && namespace.equals(other.namespace)
                && value.equals(other.value)
                && Arrays.equals(sealed, other.sealed);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return key();
    }
}

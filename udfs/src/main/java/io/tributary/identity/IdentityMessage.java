package io.tributary.identity;

import io.tributary.event.CustomerEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one identifier is told. Which fields are there depends on {@code kind}.
 *
 * @param key of the identifier it is for, {@code namespace:value}
 * @param sign of {@link Kind#MOVED}: +1 or -1
 * @param event of {@link Kind#OWN} and {@link Kind#MOVED}
 * @param path of {@link Kind#MOVED}: the steps from the event's own identifier to this one
 * @param entry of {@link Kind#ENTRY}; of {@link Kind#UNLINK} its time and target are what counts
 * @param customer of {@link Kind#ALIAS}: the account that this one stands for; empty for itself
 */
public record IdentityMessage(
        Kind kind,
        String key,
        int sign,
        @Nullable CustomerEvent event,
        List<Hop> path,
        @Nullable Entry entry,
        String customer) {

    /** What is told. */
    public enum Kind {
        /** An event whose highest identifier this is, straight from ingest. */
        OWN,
        /** An event that came, or no longer comes, here through a lower identifier. */
        MOVED,
        /** What an event said about it. */
        ENTRY,
        /** Claims to a target up to a time are void. */
        UNLINK,
        /** The account now stands for another one, or for itself again. */
        ALIAS
    }

    static IdentityMessage own(String key, CustomerEvent event) {
        return new IdentityMessage(Kind.OWN, key, 1, event, List.of(), null, "");
    }

    static IdentityMessage moved(String key, int sign, CustomerEvent event, List<Hop> path) {
        return new IdentityMessage(Kind.MOVED, key, sign, event, path, null, "");
    }

    static IdentityMessage entry(String key, Entry entry) {
        return new IdentityMessage(Kind.ENTRY, key, 0, null, List.of(), entry, "");
    }

    static IdentityMessage unlink(String key, Entry entry) {
        return new IdentityMessage(Kind.UNLINK, key, 0, null, List.of(), entry, "");
    }

    static IdentityMessage alias(String key, String customer, @Nullable Entry latest) {
        return new IdentityMessage(Kind.ALIAS, key, 0, null, List.of(), latest, customer);
    }

    /** Namespace of the identifier it is for. */
    public String namespace() {
        return namespaceOf(key);
    }

    static String namespaceOf(String key) {
        return key.substring(0, key.indexOf(':'));
    }
}

package io.tributary.customer;

import org.jspecify.annotations.Nullable;

/**
 * One record of the definitions topic.
 *
 * @param key {@code id@version} for the text of a version; {@code id} for what holds for all
 *     versions that came before
 * @param value the version's YAML as its author wrote it, or {@code mode: paused} (shadow, live);
 *     null removes
 * @param file what the author calls the text, for messages
 * @param time of the record, epoch milliseconds: from when on the version is in force if its text
 *     does not say
 * @param offset of the record, which names the request in its answer
 */
public record DefinitionRecord(
        String key, @Nullable String value, String file, long time, long offset) {

    /** What parts a version from its id in keys. */
    public static final char VERSION = '@';

    boolean isOfOneVersion() {
        return key.indexOf(VERSION) >= 0;
    }

    String id() {
        int at = key.indexOf(VERSION);
        return at < 0 ? key : key.substring(0, at);
    }
}

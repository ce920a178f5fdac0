package io.tributary.event;

import java.util.List;

/** Where a customer meets the company; {@link CustomerEvent#channel()} is one of these words. */
public final class Channel {

    /** Every channel. */
    public static final List<String> NAMES =
            List.of("web", "mobile", "voice", "chat", "email", "social", "store", "survey", "crm");

    private Channel() {}

    public static boolean isChannel(String word) {
        return NAMES.contains(word);
    }
}

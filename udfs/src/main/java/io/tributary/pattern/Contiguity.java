package io.tributary.pattern;

import java.util.Arrays;
import java.util.Optional;

/** How a step follows the step before it; each is a key of the pattern language. */
public enum Contiguity {
    /** The first step of a definition. */
    ON("on"),
    /** Directly after the event before, nothing in between. */
    NEXT("next"),
    /** The first such event after the event before; others in between are passed over. */
    FOLLOWED_BY("followedBy"),
    /** Any such event after the event before, each in a match of its own. */
    FOLLOWED_BY_ANY("followedByAny"),
    /** The event directly after is not this. */
    NOT_NEXT("notNext"),
    /** No such event until the next step; as the last step, until the deadline. */
    NOT_FOLLOWED_BY("notFollowedBy");

    private final String keyword;

    Contiguity(String keyword) {
        this.keyword = keyword;
    }

    public String keyword() {
        return keyword;
    }

    /** Whether the step asks for the absence of an event and so never takes one. */
    public boolean isNegative() {
        return this == NOT_NEXT || this == NOT_FOLLOWED_BY;
    }

    static Optional<Contiguity> of(String keyword) {
        return Arrays.stream(values()).filter(c -> c.keyword.equals(keyword)).findFirst();
    }
}

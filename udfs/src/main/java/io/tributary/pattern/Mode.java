package io.tributary.pattern;

/** What a definition is allowed to do. */
public enum Mode {
    /** Finds, records and acts. */
    LIVE,
    /** Finds and records, sends nothing. */
    SHADOW,
    /** Finds nothing. */
    PAUSED
}

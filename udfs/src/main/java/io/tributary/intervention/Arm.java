package io.tributary.intervention;

import java.util.Locale;

/** The side of the experiment that an identifier is on, for one definition and for good. */
public enum Arm {
    TREATMENT,
    /** Left alone, so that uplift can be measured. */
    HOLDOUT;

    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}

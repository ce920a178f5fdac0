package io.tributary.bench;

import java.time.Duration;

/** How far a login reaches back in {@link IdentityBenchmark}. */
enum IdentityReach {
    NONE("reach_0", Duration.ZERO),
    WEEK("7d", Duration.ofDays(7)),
    MONTH("30d", Duration.ofDays(30));

    private final String label;
    private final Duration reach;

    IdentityReach(String label, Duration reach) {
        this.label = label;
        this.reach = reach;
    }

    String label() {
        return label;
    }

    Duration reach() {
        return reach;
    }

    /** Name of the number: events per second by those of the floor. */
    String rate() {
        return "identity.rate.vs_floor_" + label;
    }

    /** Name of the number: CPU time of the floor by that of the stage. */
    String cpu() {
        return "identity.cpu.vs_floor_" + label;
    }

    String messages() {
        return "identity.messages_per_record_" + label;
    }

    String stateBytes() {
        return "identity.state_bytes_per_identifier_" + label;
    }
}

package io.tributary.local.cluster;

import io.tributary.job.IndexJob;
import io.tributary.job.JourneyJob;

/** The jobs of Tributary's jar. */
enum TributaryJob {
    JOURNEY("tributary-journey", JourneyJob.class),
    INDEX("tributary-index", IndexJob.class);

    private final String flinkName;
    private final Class<?> main;

    TributaryJob(String flinkName, Class<?> main) {
        this.flinkName = flinkName;
        this.main = main;
    }

    /** What the cluster calls it. */
    String flinkName() {
        return flinkName;
    }

    Class<?> main() {
        return main;
    }
}

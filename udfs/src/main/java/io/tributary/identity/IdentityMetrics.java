package io.tributary.identity;

import io.tributary.identity.IdentityLayer.Counted;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counters of one layer: {@code assigned}, {@code provisional}, {@code moved}, {@code merged},
 * {@code unlinked}, {@code shared}, {@code crowd}, {@code busy}, {@code lateClaims}, {@code
 * erased}, {@code optedOut}. The provisional share is {@code provisional} by {@code assigned} over
 * all layers, at first sight; {@code merged} events were provisional and are not any more.
 */
final class IdentityMetrics {

    private final Map<Counted, Counter> counters = new EnumMap<>(Counted.class);

    IdentityMetrics(MetricGroup group) {
        for (Counted what : Counted.values()) {
            counters.put(what, group.counter(name(what)));
        }
    }

    private static String name(Counted what) {
        return switch (what) {
            case ASSIGNED -> "assigned";
            case PROVISIONAL -> "provisional";
            case MOVED -> "moved";
            case MERGED -> "merged";
            case UNLINKED -> "unlinked";
            case SHARED -> "shared";
            case CROWD -> "crowd";
            case BUSY -> "busy";
            case LATE_CLAIM -> "lateClaims";
            case ERASED -> "erased";
            case OPTED_OUT -> "optedOut";
        };
    }

    void count(Counted what) {
        Counter counter = counters.get(what);
        if (counter != null) {
            counter.inc();
        }
    }
}

package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import java.io.Serializable;
import java.time.Duration;

/**
 * How long and how far a link between two identifiers holds: {@code ownership} of {@code
 * identity.yaml}. Durations count event time, in milliseconds.
 *
 * @param backfill B: how far back a login says whose the device was; 0 for not at all
 * @param validity V: how long a claim holds unless another one follows
 * @param sharedWindow Ws: how far back the customers of a shared identifier, and those who lead to
 *     a crowd, are counted
 * @param unlinkReach U: how far back an unlink gives events back
 * @param sharedAbove K: more distinct customers than this make an identifier shared
 * @param claimWithin S: how fresh a claim has to be on a shared identifier
 * @param crowdAbove KIN: more distinct lower identifiers than this make a customer a crowd
 * @param logout what a logout means
 * @param hints whether hints link at all
 * @param claimsADay more claims than this on one day, and none of that day counts
 * @param eventsAnHour more events than this in one hour of event time, and they stay where they are
 */
public record IdentitySettings(
        long backfill,
        long validity,
        long sharedWindow,
        long unlinkReach,
        int sharedAbove,
        long claimWithin,
        int crowdAbove,
        Logout logout,
        boolean hints,
        int claimsADay,
        int eventsAnHour)
        implements Serializable {

    private static final long DAY = Duration.ofDays(1).toMillis();

    /** What a logout means for the device, or other lower identifier, that it happens on. */
    public enum Logout {
        /** It stays its last user's until somebody else logs in, whose login reaches back to it. */
        BOUNDARY,
        /** It is nobody's until somebody logs in, whose login reaches back to it. */
        END,
        /** Nothing: the event is one like others. */
        KEEP
    }

    /** The suggested ones, which hold where {@code identity.yaml} says nothing. */
    public static final IdentitySettings DEFAULT =
            new IdentitySettings(
                    90 * DAY,
                    180 * DAY,
                    30 * DAY,
                    30 * DAY,
                    5,
                    Duration.ofMinutes(30).toMillis(),
                    10,
                    Logout.BOUNDARY,
                    true,
                    1000,
                    500);

    /**
     * Reads {@code identity.yaml}; what cannot be read has its default and is named in problems.
     */
    public static IdentitySettings read(Definitions definitions, Problems problems) {
        return IdentitySettingsReader.read(definitions, problems);
    }

    /** F: how long after an event a claim or an unlink can still say something about it. */
    public long forward() {
        return Math.max(backfill, unlinkReach);
    }

    /** How long before an event a claim can lie that says something about it. */
    public long back() {
        return Math.max(validity, sharedWindow);
    }
}

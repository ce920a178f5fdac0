package io.tributary.pattern;

import java.time.Duration;

/**
 * What bounds matching.
 *
 * @param horizon how long a customer's log is kept; no definition may look further
 * @param partialMatches most partial matches of one definition that a replay keeps; the newest ones
 *     beyond it are dropped and counted
 */
public record Limits(Duration horizon, int partialMatches) {

    public static final Limits DEFAULT = new Limits(Duration.ofDays(30), 2_000);
}

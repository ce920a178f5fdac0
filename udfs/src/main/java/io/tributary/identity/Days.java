package io.tributary.identity;

/** Time cut into days and hours, UTC, and sums of times that stop at the ends of time. */
final class Days {

    static final long DAY = 86_400_000L;
    static final long HOUR = 3_600_000L;

    private Days() {}

    static long of(long time) {
        return Math.floorDiv(time, DAY);
    }

    static long start(long day) {
        return day * DAY;
    }

    /** Last millisecond of the day. */
    static long end(long day) {
        return day * DAY + DAY - 1;
    }

    static long hourOf(long time) {
        return Math.floorDiv(time, HOUR);
    }

    static long hourStart(long hour) {
        return hour * HOUR;
    }

    /** Last millisecond of the hour. */
    static long hourEnd(long hour) {
        return hour * HOUR + HOUR - 1;
    }

    static long plus(long time, long millis) {
        long sum = time + millis;
        return sum < time && millis >= 0 ? Long.MAX_VALUE : sum;
    }

    static long minus(long time, long millis) {
        long difference = time - millis;
        return difference > time && millis >= 0 ? Long.MIN_VALUE : difference;
    }
}

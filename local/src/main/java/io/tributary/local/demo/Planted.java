package io.tributary.local.demo;

/**
 * A pain point that has to be found.
 *
 * @param pattern definition id
 * @param customer id in the output, such as {@code user_id:3f2a…}
 * @param time of its detection, epoch milliseconds
 */
record Planted(String pattern, String customer, long time) {}

package io.tributary.identity;

/**
 * What rests of an identifier besides its days and hours.
 *
 * @param wakeAt the earliest timer that is registered; {@link Long#MAX_VALUE} if none is
 */
record StoredIndex(KeyIndex index, long wakeAt) {}

/**
 * Decode: whatever a channel sends becomes a customer event, or is rejected with a reason and its
 * coordinates.
 */
@NullMarked
package io.tributary.ingest;

import org.jspecify.annotations.NullMarked;

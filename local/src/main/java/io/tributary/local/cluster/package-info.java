/** A Flink cluster: its processes, and what is submitted to one over its REST interface. */
@NullMarked
package io.tributary.local.cluster;

import org.jspecify.annotations.NullMarked;

/** The projection: committed output topics become documents in Elasticsearch or OpenSearch. */
@NullMarked
package io.tributary.job.index;

import org.jspecify.annotations.NullMarked;

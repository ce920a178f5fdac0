/** Kafka, files and Elasticsearch at the edges of the pipeline. */
@NullMarked
package io.tributary.job.connectors;

import org.jspecify.annotations.NullMarked;

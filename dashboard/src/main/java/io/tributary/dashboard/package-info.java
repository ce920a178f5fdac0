/**
 * The analysts' page: a small server that reads Elasticsearch and nothing else, and static files.
 */
@NullMarked
package io.tributary.dashboard;

import org.jspecify.annotations.NullMarked;

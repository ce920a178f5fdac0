/**
 * Pain points: definitions in YAML, compiled to flink-cep, matched by replaying a customer's log.
 */
@NullMarked
package io.tributary.pattern;

import org.jspecify.annotations.NullMarked;

/**
 * What analysts edit, as it stands in files: YAML trees that know their line and column, and the
 * problems found in them. Every stage reads its own definitions through this package.
 */
@NullMarked
package io.tributary.definition;

import org.jspecify.annotations.NullMarked;

package io.tributary.pattern;

import io.tributary.definition.Definitions.SourceFile;
import org.jspecify.annotations.Nullable;

/**
 * One version of a definition as somebody wrote it, and what was decided about it since.
 *
 * @param file for messages
 * @param text whole YAML
 * @param effectiveFrom epoch milliseconds that hold if the text says nothing; {@link
 *     Long#MIN_VALUE} for always
 * @param mode instead of the text's; null for the text's own
 */
public record PatternSource(String file, String text, long effectiveFrom, @Nullable Mode mode) {

    /** A file that the job starts with: in force since ever. */
    static PatternSource of(SourceFile file) {
        return new PatternSource(file.path(), file.text(), Long.MIN_VALUE, null);
    }

    /** The same text with another mode; null for the text's own. */
    public PatternSource in(@Nullable Mode other) {
        return new PatternSource(file, text, effectiveFrom, other);
    }
}

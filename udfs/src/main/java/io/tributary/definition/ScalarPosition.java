package io.tributary.definition;

import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Where a character of a scalar's value stands in the file. Quotes, escapes, block indentation and
 * folded lines lie between the two, so the value is found again in the source character by
 * character; what the source has in addition is stepped over.
 *
 * @param line from 1
 * @param column from 1
 */
record ScalarPosition(int line, int column) {

    static ScalarPosition of(
            String source, int line, int column, ScalarStyle style, String value, int offset) {
        int start = index(source, line, column);
        int at = skipOpening(source, start, style);
        int matched = at;
        int wanted = Math.min(offset, value.length());
        for (int i = 0; i <= wanted; i++) {
            if (i == value.length()) {
                return place(source, matched);
            }
            char c = value.charAt(i);
            if (Character.isWhitespace(c)) {
                matched = Math.min(at, source.length());
                continue;
            }
            int found = source.indexOf(c, at);
            if (found < 0) {
                return new ScalarPosition(line, column);
            }
            matched = i == wanted ? found : found + 1;
            at = found + 1;
        }
        return place(source, matched);
    }

    private static int skipOpening(String source, int start, ScalarStyle style) {
        return switch (style) {
            case SINGLE_QUOTED, DOUBLE_QUOTED -> start + 1;
            case LITERAL, FOLDED -> {
                int newline = source.indexOf('\n', start);
                yield newline < 0 ? start : newline + 1;
            }
            default -> start;
        };
    }

    private static int index(String source, int line, int column) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            at = source.indexOf('\n', at) + 1;
        }
        return Math.min(source.length(), source.offsetByCodePoints(at, column - 1));
    }

    private static ScalarPosition place(String source, int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = source.indexOf('\n'); i >= 0 && i < index; i = source.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return new ScalarPosition(line, source.codePointCount(lineStart, index) + 1);
    }
}

package io.tributary.pattern;

import io.tributary.definition.YamlNode;

/**
 * A condition as it is written.
 *
 * @param text a CEL expression
 * @param at where it stands
 */
public record CelText(String text, YamlNode at) {

    static CelText of(YamlNode node) {
        return new CelText(node.text(), node);
    }
}

package io.tributary.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks a YAML tree against a JSON Schema (draft 2020-12) of {@code definitions/schema}, the same
 * file that editors use. A violation becomes a {@link Problem} where it stands: at the offending
 * key if a key is unknown, otherwise at the value.
 *
 * <p>A schema speaks to analysts through {@code title}, a noun phrase such as "a duration such as
 * 30m": a value that does not fit is reported as {@code expected <title>, found 'x'}.
 */
public final class SchemaCheck {

    private static final String FOLDER = "/io/tributary/definition/schema/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Compiled> COMPILED = new ConcurrentHashMap<>();

    private record Compiled(JsonNode text, JsonSchema schema) {}

    private SchemaCheck() {}

    /**
     * @param tree root of a file
     * @param schemaName such as {@code pattern} for {@code pattern.schema.json}
     * @return whether the tree conforms
     * @throws IllegalArgumentException if there is no such schema
     */
    public static boolean check(YamlNode tree, String schemaName, Problems problems) {
        Compiled compiled = COMPILED.computeIfAbsent(schemaName, SchemaCheck::load);
        List<ValidationMessage> violations =
                new ArrayList<>(compiled.schema().validate(YamlJson.toJson(tree)));
        SchemaViolations.explain(tree, compiled.text(), violations).forEach(problems::add);
        return violations.isEmpty();
    }

    private static Compiled load(String name) {
        try (InputStream in =
                SchemaCheck.class.getResourceAsStream(FOLDER + name + ".schema.json")) {
            if (in == null) {
                throw new IllegalArgumentException("no schema named " + name);
            }
            JsonNode text = JSON.readTree(in);
            SchemaValidatorsConfig config =
                    SchemaValidatorsConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .locale(Locale.ROOT)
                            .cacheRefs(false)
                            .build();
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(text, config);
            return new Compiled(text, schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.tributary.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Files of the repository that say how Tributary is deployed. */
final class Deploy {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final ObjectMapper JSON = new ObjectMapper();

    private Deploy() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one document of a YAML file. */
    static JsonNode yaml(Path file) {
        List<JsonNode> documents = documents(text(file));
        if (documents.size() != 1) {
            throw new IllegalArgumentException(file + " has " + documents.size() + " documents");
        }
        return documents.get(0);
    }

    /** All documents of a YAML text; a key that stands twice is an error. */
    static List<JsonNode> documents(String text) {
        List<JsonNode> documents = new ArrayList<>();
        LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
        new Load(settings)
                .loadAllFromString(text)
                .forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }

    /** What the schema of the document's {@code kind} has against it; empty if nothing. */
    static List<String> violations(JsonNode document) {
        String name = document.path("kind").asText() + ".schema.json";
        try (InputStream in = Deploy.class.getResourceAsStream(name)) {
            JsonNode text = JSON.readTree(Objects.requireNonNull(in, name));
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);
            return schema.validate(document).stream().map(ValidationMessage::getMessage).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asText()));
        return strings;
    }
}

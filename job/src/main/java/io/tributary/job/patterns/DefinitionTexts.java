package io.tributary.job.patterns;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import io.tributary.job.patterns.DefinitionsClient.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files with definitions that {@code check} found good, as requests. */
final class DefinitionTexts {

    private DefinitionTexts() {}

    /**
     * @param paths files, or folders of them
     */
    static List<Request> read(List<Path> paths) {
        List<Request> requests = new ArrayList<>();
        try {
            for (Path path : paths) {
                for (Path file : files(path)) {
                    String text = Files.readString(file, StandardCharsets.UTF_8);
                    YamlNode root =
                            YamlNode.parse(file.toString(), text, new Problems()).orElseThrow();
                    String key = text(root, "id") + "@" + text(root, "version");
                    requests.add(new Request(key, text, file.toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return requests;
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.filter(Definitions::isYaml).sorted().toList();
        }
    }

    private static String text(YamlNode root, String key) {
        YamlNode node = root.get(key);
        return node == null ? "" : node.text();
    }

    /**
     * A version that was deployed is not to be overwritten with another text: the topic keeps the
     * newest record only, which a job without state would begin with.
     */
    static List<Problem> rewritten(List<Request> requests, Map<String, String> deployed) {
        List<Problem> problems = new ArrayList<>();
        for (Request request : requests) {
            String before = deployed.get(request.key());
            if (before != null && !before.equals(request.value())) {
                YamlNode root =
                        YamlNode.parse(
                                        request.file(),
                                        String.valueOf(request.value()),
                                        new Problems())
                                .orElseThrow();
                YamlNode version = root.get("version");
                problems.add(
                        (version == null ? root : version)
                                .problem(
                                        request.key()
                                                + " was deployed with another text: raise"
                                                + " 'version'"));
            }
        }
        return problems;
    }
}

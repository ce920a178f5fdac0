package io.tributary.bench;

import io.tributary.definition.Definitions;
import io.tributary.definition.Definitions.SourceFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The definitions that come with Tributary, with other values under {@code ownership}. */
final class IdentityDefinitions {

    private IdentityDefinitions() {}

    /**
     * @param folder of definitions
     * @param ownership keys of {@code identity.yaml} to values, each of which has to be there
     */
    static Definitions read(Path folder, Map<String, String> ownership) {
        TreeMap<String, SourceFile> files = new TreeMap<>(Definitions.read(folder).files());
        SourceFile identity = files.get(Definitions.IDENTITY);
        if (identity == null) {
            throw new BenchmarkFailure("there is no identity.yaml in " + folder);
        }
        String text = identity.text();
        for (Map.Entry<String, String> set : ownership.entrySet()) {
            Matcher line = Pattern.compile("(?m)^  " + set.getKey() + ": \\S+$").matcher(text);
            if (!line.find()) {
                throw new BenchmarkFailure("identity.yaml does not set " + set.getKey());
            }
            text = line.replaceFirst("  " + set.getKey() + ": " + set.getValue());
        }
        files.put(Definitions.IDENTITY, new SourceFile(identity.path(), text));
        return Definitions.of(files);
    }
}

package io.tributary.bench;

import io.tributary.definition.Definitions;
import io.tributary.definition.Definitions.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** What is matched in {@link EngineBenchmark}: ten definitions of the library, or many of them. */
final class EngineDefinitions {

    /**
     * Windows from 45 seconds to 7 days; absences and sequences; seven with {@code per} and three
     * that look at everything a customer does. None in which two closing absences of different
     * length wait side by side under a skip strategy: which of them stock flink-cep lets win
     * depends on where the watermarks fall.
     */
    static final List<String> IDS =
            List.of(
                    "cart-abandonment",
                    "cart-abandonment-before-checkout",
                    "channel-hopping",
                    "checkout-hesitation",
                    "checkout-loop",
                    "public-complaint",
                    "queue-abandonment",
                    "repeated-contact",
                    "silence-after-purchase",
                    "upsell-moment");

    private EngineDefinitions() {}

    /**
     * @param copies of each, the second and later under other ids
     */
    static Definitions read(Path folder, int copies) {
        Definitions all = Definitions.read(folder);
        TreeMap<String, SourceFile> files = new TreeMap<>(all.files());
        files.keySet().removeIf(role -> role.startsWith(Definitions.PATTERNS + "/"));
        for (String id : IDS) {
            SourceFile file = all.file(role(id));
            if (file == null) {
                throw new IllegalStateException("the library has no definition " + id);
            }
            for (int copy = 0; copy < copies; copy++) {
                String copied = copy == 0 ? id : id + "-" + copy;
                String text = file.text().replace("\nid: " + id + "\n", "\nid: " + copied + "\n");
                files.put(role(copied), new SourceFile(file.path(), text));
            }
        }
        return Definitions.of(files);
    }

    private static String role(String id) {
        return Definitions.PATTERNS + "/" + id + ".yaml";
    }
}

package io.tributary.bench;

import io.tributary.definition.Definitions;
import io.tributary.definition.Definitions.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

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
     * @param shops each has its own version of every definition, whose first event has to come from
     *     it; with one, the definitions are as the library has them
     */
    static Definitions read(Path folder, int shops) {
        Definitions all = Definitions.read(folder);
        TreeMap<String, SourceFile> files = new TreeMap<>(all.files());
        files.keySet().removeIf(role -> role.startsWith(Definitions.PATTERNS + "/"));
        for (String id : IDS) {
            SourceFile file = all.file(role(id));
            if (file == null) {
                throw new IllegalStateException("the library has no definition " + id);
            }
            if (shops == 1) {
                files.put(role(id), file);
                continue;
            }
            for (int shop = 0; shop < shops; shop++) {
                String own = id + "-" + EngineTraffic.SHOP + shop;
                files.put(role(own), new SourceFile(file.path(), text(file.text(), own, shop)));
            }
        }
        return Definitions.of(files);
    }

    @SuppressWarnings("unchecked") // the library's definitions have passed their schema
    private static String text(String yaml, String id, int shop) {
        Map<String, Object> definition =
                new LinkedHashMap<>(
                        (Map<String, Object>)
                                new Load(LoadSettings.builder().build()).loadFromString(yaml));
        List<Object> sequence = new ArrayList<>((List<Object>) definition.get("sequence"));
        Map<String, Object> first = new LinkedHashMap<>((Map<String, Object>) sequence.get(0));
        String here = "event.source == '" + EngineTraffic.SHOP + shop + "'";
        first.merge("where", here, (where, own) -> own + " && (" + where + ")");
        sequence.set(0, first);
        definition.put("sequence", sequence);
        definition.put("id", id);
        return new Dump(DumpSettings.builder().build()).dumpToString(definition);
    }

    private static String role(String id) {
        return Definitions.PATTERNS + "/" + id + ".yaml";
    }
}

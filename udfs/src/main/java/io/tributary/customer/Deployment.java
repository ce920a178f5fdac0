package io.tributary.customer;

import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.definition.Suggestion;
import io.tributary.definition.YamlNode;
import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.Mode;
import io.tributary.pattern.PatternContext;
import io.tributary.pattern.PatternLibrary;
import io.tributary.pattern.PatternSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The definitions in force: those of the files that the job started with, changed by the records of
 * the definitions topic. A record that cannot be used changes nothing.
 */
final class Deployment {

    private static final Set<String> MODES = Set.of("live", "shadow", "paused");

    private final TreeMap<String, PatternSource> files = new TreeMap<>();
    private final PatternContext context;
    private final Horizon horizon;
    private final TreeMap<String, Deployed> deployed = new TreeMap<>();
    private final TreeMap<String, List<Problem>> unusable = new TreeMap<>();
    private PatternLibrary library;

    /**
     * @param files the library of the files that the job starts with
     * @param horizon whose longest window bounds that of any definition to come
     */
    Deployment(PatternLibrary files, PatternContext context, Horizon horizon) {
        files.patterns().forEach(pattern -> this.files.put(pattern.key(), pattern.source()));
        this.library = files;
        this.context = context;
        this.horizon = horizon;
    }

    /** The definitions in force, compiled. */
    PatternLibrary library() {
        return library;
    }

    /** What to remember beside the files, by {@code id@version}. */
    TreeMap<String, Deployed> deployed() {
        return deployed;
    }

    /** What was deployed earlier and does not fit the job any more, with the problems. */
    TreeMap<String, List<Problem>> unusable() {
        return unusable;
    }

    /** Whether this version came with the job's files. */
    boolean isOfFile(String key) {
        Deployed said = deployed.get(key);
        return files.containsKey(key) && (said == null || said.text() == null);
    }

    /** Continues with what was remembered. */
    void restore(Collection<Deployed> stored) {
        List<Deployed> inOrder = new ArrayList<>(stored);
        inOrder.sort(Comparator.comparingLong(Deployed::time).thenComparing(Deployed::key));
        for (Deployed one : inOrder) {
            deployed.put(one.key(), one);
            List<Problem> problems = compile();
            if (!problems.isEmpty()) {
                unusable.put(one.key(), problems);
                compile();
            }
        }
    }

    DeploymentAnswer apply(DefinitionRecord record) {
        forgetRemoved(record.time());
        String value = record.value();
        if (value == null) {
            return changeAll(record, DeploymentAnswer.REMOVED, one -> one.removed(record.time()));
        }
        return record.isOfOneVersion() ? deploy(record, value) : changeMode(record, value);
    }

    private DeploymentAnswer deploy(DefinitionRecord record, String text) {
        Optional<Problem> misuse = misuse(record, text);
        if (misuse.isPresent()) {
            return new DeploymentAnswer(DeploymentAnswer.REFUSED, List.of(misuse.get()));
        }
        String key = record.key();
        Deployed before = deployed.get(key);
        if (text.equals(textOf(key))) {
            if (before != null) {
                deployed.put(key, before.in(null, record.time()));
            }
        } else {
            deployed.put(
                    key,
                    new Deployed(
                            key, record.file(), text, record.time(), null, false, record.time()));
        }
        List<Problem> problems = compile();
        if (problems.isEmpty()) {
            unusable.remove(key);
            return new DeploymentAnswer(DeploymentAnswer.ACCEPTED, problems);
        }
        if (before == null) {
            deployed.remove(key);
        } else {
            deployed.put(key, before);
        }
        return new DeploymentAnswer(DeploymentAnswer.REFUSED, problems);
    }

    /** What is wrong before the text itself is looked at. */
    private Optional<Problem> misuse(DefinitionRecord record, String text) {
        String key = record.key();
        YamlNode root = YamlNode.parse(record.file(), text, new Problems()).orElse(null);
        YamlNode id = root == null ? null : root.get("id");
        YamlNode version = root == null ? null : root.get("version");
        if (id == null || version == null) {
            return Optional.empty(); // the schema says it better
        }
        String written = id.text() + DefinitionRecord.VERSION + version.text();
        if (!written.equals(key)) {
            return Optional.of(
                    id.problem("the record's key says " + key + ", the definition " + written));
        }
        Deployed before = deployed.get(key);
        if (before != null && before.removed()) {
            return Optional.of(
                    version.problem(
                            "version "
                                    + version.text()
                                    + " of "
                                    + id.text()
                                    + " was removed: raise 'version'"));
        }
        String inForce = textOf(key);
        if (inForce != null && !inForce.equals(text) && !unusable.containsKey(key)) {
            return Optional.of(
                    version.problem(
                            "version "
                                    + version.text()
                                    + " of "
                                    + id.text()
                                    + " is in force with another text: raise 'version'"));
        }
        return Optional.empty();
    }

    /** Null if there is no such version, or not any more. */
    private @Nullable String textOf(String key) {
        Deployed said = deployed.get(key);
        if (said != null && (said.removed() || said.text() != null)) {
            return said.text();
        }
        PatternSource file = files.get(key);
        return file == null ? null : file.text();
    }

    private DeploymentAnswer changeMode(DefinitionRecord record, String value) {
        Problems problems = new Problems();
        YamlNode root = YamlNode.parse(record.file(), value, problems).orElse(null);
        YamlNode mode = root == null ? null : root.get("mode");
        if (mode == null || !MODES.contains(mode.text())) {
            problems.add(
                    new Problem(
                            record.file(),
                            1,
                            1,
                            "expected 'mode: live', 'mode: shadow' or 'mode: paused'"));
            return new DeploymentAnswer(DeploymentAnswer.REFUSED, problems.sorted());
        }
        Mode other = Mode.valueOf(mode.text().toUpperCase(Locale.ROOT));
        return changeAll(record, mode.text(), one -> one.in(other, record.time()));
    }

    private interface Change {
        Deployed of(Deployed one);
    }

    /** Changes every version that the record is about. */
    private DeploymentAnswer changeAll(DefinitionRecord record, String status, Change change) {
        Set<String> keys = new TreeSet<>(files.keySet());
        keys.addAll(deployed.keySet());
        keys.removeIf(
                key ->
                        textOf(key) == null
                                || !(record.isOfOneVersion()
                                        ? key.equals(record.key())
                                        : idOf(key).equals(record.id())));
        if (keys.isEmpty() && !record.isOfOneVersion()) {
            return new DeploymentAnswer(DeploymentAnswer.REFUSED, List.of(unknown(record)));
        }
        TreeMap<String, Deployed> before = new TreeMap<>(deployed);
        for (String key : keys) {
            Deployed said = deployed.get(key);
            PatternSource file = files.get(key);
            String name = file == null ? record.file() : file.file();
            deployed.put(
                    key,
                    change.of(said == null ? Deployed.ofFile(key, name, record.time()) : said));
        }
        List<Problem> problems = compile();
        if (problems.isEmpty()) {
            return new DeploymentAnswer(status, problems);
        }
        deployed.clear();
        deployed.putAll(before);
        return new DeploymentAnswer(DeploymentAnswer.REFUSED, problems);
    }

    private Problem unknown(DefinitionRecord record) {
        Set<String> ids =
                library.patterns().stream()
                        .map(pattern -> pattern.definition().id())
                        .collect(Collectors.toCollection(TreeSet::new));
        return new Problem(
                record.file(),
                1,
                1,
                "there is no definition '" + record.id() + "'" + Suggestion.hint(record.id(), ids));
    }

    private static String idOf(String key) {
        return key.substring(0, key.indexOf(DefinitionRecord.VERSION));
    }

    /** Pain points of what was removed so long ago are forgotten, and so is that it was removed. */
    private void forgetRemoved(long now) {
        long oldest = now - horizon.remembered().toMillis();
        deployed.values()
                .removeIf(
                        one ->
                                one.removed()
                                        && one.time() < oldest
                                        && !files.containsKey(one.key()));
    }

    /** Compiles what is to be in force; with problems the library stays as it is. */
    private List<Problem> compile() {
        Problems problems = new Problems();
        PatternLibrary next =
                PatternLibrary.compile(sources(), context, library, problems, new Problems());
        next.patterns().forEach(pattern -> checkWindow(pattern, problems));
        if (problems.isEmpty()) {
            library = next;
        }
        return problems.sorted();
    }

    private void checkWindow(CompiledPattern pattern, Problems problems) {
        Duration window = pattern.definition().window();
        if (window.compareTo(horizon.longestWindow()) > 0) {
            YamlNode root = pattern.definition().at();
            YamlNode within = root.get("within");
            problems.add(
                    within == null ? root : within,
                    "this looks back "
                            + inWords(window)
                            + ", the running job at most "
                            + inWords(horizon.longestWindow())
                            + ": raise its option state.window.max and start it anew");
        }
    }

    private static String inWords(Duration duration) {
        return duration.toString().substring(1).replaceFirst("T", "").toLowerCase(Locale.ROOT);
    }

    private List<PatternSource> sources() {
        TreeMap<String, PatternSource> sources = new TreeMap<>(files);
        for (Deployed said : deployed.values()) {
            PatternSource file = files.get(said.key());
            String text = said.text();
            if (said.removed()) {
                sources.remove(said.key());
            } else if (unusable.containsKey(said.key())) {
                continue;
            } else if (text != null) {
                sources.put(said.key(), said.source(text));
            } else if (file != null) {
                sources.put(said.key(), file.in(said.mode()));
            }
        }
        return List.copyOf(sources.values());
    }
}

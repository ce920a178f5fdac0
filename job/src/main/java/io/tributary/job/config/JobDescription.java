package io.tributary.job.config;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.EventCatalog;
import io.tributary.pattern.PatternLibrary;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;

/**
 * What a job tells about itself as global job parameters, which Flink's REST interface and web page
 * show: an upgrade compares it with what the new job would tell.
 *
 * @param operators uids of the operators that may keep state
 * @param patterns version of each pattern, by id
 */
public record JobDescription(TreeSet<String> operators, TreeMap<String, Integer> patterns) {

    /** Stands between two words of a list; a uid may hold spaces and colons. */
    private static final String NEXT = "; ";

    /** Uids. */
    public static final String OPERATORS = "tributary.operators";

    /** {@code id@version}. */
    public static final String PATTERNS = "tributary.patterns";

    /** A job without definitions. */
    public static void publish(StreamExecutionEnvironment env) {
        publish(env, new TreeMap<>());
    }

    /** Called when {@code env} holds the whole job. */
    public static void publish(StreamExecutionEnvironment env, Definitions definitions) {
        Problems problems = new Problems();
        TreeMap<String, Integer> patterns = new TreeMap<>();
        try (PatternLibrary library =
                PatternLibrary.compile(
                        definitions, EventCatalog.read(definitions, problems), problems)) {
            library.patterns()
                    .forEach(
                            pattern ->
                                    patterns.put(
                                            pattern.definition().id(),
                                            pattern.definition().version()));
        }
        publish(env, patterns);
    }

    private static void publish(StreamExecutionEnvironment env, TreeMap<String, Integer> patterns) {
        Configuration parameters = new Configuration();
        parameters.set(
                PipelineOptions.GLOBAL_JOB_PARAMETERS,
                new JobDescription(operators(env), patterns).parameters());
        env.configure(parameters);
    }

    private static TreeSet<String> operators(StreamExecutionEnvironment env) {
        return env.getStreamGraph(false).getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .filter(Objects::nonNull)
                .filter(uid -> !OperatorIds.isStateless(uid))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the job in {@code env} has published. */
    public static JobDescription of(StreamExecutionEnvironment env) {
        return of(env.getConfig().getGlobalJobParameters().toMap());
    }

    /** From a running job's parameters; without operators if it does not publish them. */
    public static JobDescription of(Map<String, String> parameters) {
        TreeSet<String> operators = words(parameters.getOrDefault(OPERATORS, ""));
        TreeMap<String, Integer> patterns = new TreeMap<>();
        for (String word : words(parameters.getOrDefault(PATTERNS, ""))) {
            int at = word.lastIndexOf('@');
            patterns.put(word.substring(0, at), Integer.valueOf(word.substring(at + 1)));
        }
        return new JobDescription(operators, patterns);
    }

    private static TreeSet<String> words(String text) {
        TreeSet<String> words = new TreeSet<>(Arrays.asList(text.split(NEXT)));
        words.remove("");
        return words;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(OPERATORS, String.join(NEXT, operators));
        parameters.put(
                PATTERNS,
                patterns.entrySet().stream()
                        .map(pattern -> pattern.getKey() + "@" + pattern.getValue())
                        .collect(Collectors.joining(NEXT)));
        return parameters;
    }
}

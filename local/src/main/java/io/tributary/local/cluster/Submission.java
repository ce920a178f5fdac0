package io.tributary.local.cluster;

import io.tributary.definition.Definitions;
import io.tributary.job.JourneyJob;
import io.tributary.job.check.CheckCommand;
import io.tributary.job.config.ConfigException;
import io.tributary.job.config.DefinitionsBundle;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.JobDescription;
import io.tributary.job.config.TributaryOptions;
import io.tributary.job.index.IndexPipeline;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * A job as it is sent to a cluster, checked as far as that is possible here.
 *
 * @param description what the job will tell about itself
 */
record Submission(TributaryJob job, Start start, JobDescription description) {

    /** What arguments would show to everybody who may look at the cluster. */
    private static final Pattern SECRET =
            Pattern.compile(
                    "elasticsearch\\.(password|api-key)|kafka\\..*(password|jaas|\\.key).*");

    /** A folder of this machine means nothing where the main method runs. */
    private static final Set<String> CARRIED =
            Set.of(
                    TributaryOptions.DEFINITIONS_DIR.key(),
                    TributaryOptions.DEFINITIONS_BUNDLE.key());

    /**
     * For a graph that is built to look at, and never runs: the pseudonyms' key is not needed here,
     * and has to be something.
     */
    private static final Map<String, String> NO_SECRET =
            Map.of(JobConfig.SECRET_VARIABLE, "only the names of the operators are looked at");

    /**
     * @param jobOptions {@code --key value}, as the jobs take them
     * @param parallelism null: the cluster's default
     * @throws ConfigException for definitions with problems, a wrong option, an option that would
     *     show a secret
     */
    static Submission of(
            TributaryJob job,
            Path definitions,
            List<String> jobOptions,
            @Nullable Integer parallelism,
            boolean allowLostState) {
        JobConfig options = options(jobOptions);
        List<String> arguments = new ArrayList<>(jobOptions);
        JobDescription description;
        if (job == TributaryJob.JOURNEY) {
            String bundle = bundle(definitions, options);
            arguments.add("--" + TributaryOptions.DEFINITIONS_BUNDLE.key());
            arguments.add(bundle);
            description = journey(bundle, options);
        } else {
            description = index();
        }
        Start start = new Start(job.main().getName(), arguments, parallelism, null, allowLostState);
        return new Submission(job, start, description);
    }

    /** Files are left out: they are read where the main method runs. */
    private static JobConfig options(List<String> jobOptions) {
        List<String> here = new ArrayList<>();
        for (int i = 0; i < jobOptions.size(); i++) {
            if (jobOptions.get(i).equals("--config")) {
                i++;
            } else if (!jobOptions.get(i).startsWith("--config=")) {
                here.add(jobOptions.get(i));
            }
        }
        JobConfig config = JobConfig.of(here.toArray(String[]::new), Map.of());
        for (String key : config.options().keySet()) {
            if (CARRIED.contains(key)) {
                throw new ConfigException(
                        "'" + key + "' is not for submitting: the definitions travel with the job");
            }
            if (SECRET.matcher(key).matches()) {
                throw new ConfigException(
                        "'"
                                + key
                                + "' is a secret, and arguments can be read in the cluster: keep it"
                                + " in a file or an environment variable of the JobManager");
            }
        }
        return config;
    }

    private static String bundle(Path definitions, JobConfig options) {
        StringWriter found = new StringWriter();
        String horizon = options.get(TributaryOptions.STATE_HORIZON).toSeconds() + "s";
        int status =
                new CommandLine(new CheckCommand())
                        .setOut(new PrintWriter(found))
                        .setErr(new PrintWriter(found))
                        .execute("--horizon", horizon, definitions.toString());
        if (status != 0) {
            throw new ConfigException("the definitions are not good:\n" + found);
        }
        return DefinitionsBundle.pack(Definitions.read(definitions));
    }

    private static JobDescription journey(String bundle, JobConfig options) {
        String[] arguments = {
            "--" + TributaryOptions.DEFINITIONS_BUNDLE.key(),
            bundle,
            "--" + TributaryOptions.STATE_HORIZON.key(),
            options.get(TributaryOptions.STATE_HORIZON).toSeconds() + " s"
        };
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        JourneyJob.build(env, JobConfig.of(arguments, NO_SECRET));
        return JobDescription.of(env);
    }

    private static JobDescription index() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        IndexPipeline.build(env, JobConfig.of(Map.of()));
        JobDescription.publish(env);
        return JobDescription.of(env);
    }
}

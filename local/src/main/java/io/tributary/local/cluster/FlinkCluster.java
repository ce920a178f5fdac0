package io.tributary.local.cluster;

import io.tributary.local.process.Folders;
import io.tributary.local.process.Jit;
import io.tributary.local.process.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster of processes on this machine: one JobManager, and TaskManagers that come and go.
 * Its settings are {@code deploy/flink/config.yaml}; memory is divided as Flink's own scripts do
 * it. On its class path is what a Flink distribution has, so jobs have to be submitted as jar.
 */
public final class FlinkCluster implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);

    /** How the names of those libraries begin that come with a Flink distribution. */
    private static final List<String> DISTRIBUTION =
            List.of(
                    "async-profiler-",
                    "commons-",
                    "flink-",
                    "frocksdbjni-",
                    "javassist-",
                    "jsr305-",
                    "kryo-",
                    "log4j-",
                    "lz4-java-",
                    "minlog-",
                    "objenesis-",
                    "reflectasm-",
                    "slf4j-api-",
                    "snakeyaml-engine-",
                    "snappy-java-",
                    "zstd-jni-");

    private final Path settings;
    private final Path folder;
    private final String libraries;
    private final Map<String, String> overrides;
    private final Map<String, String> environment;
    private final Jit jit;
    private final List<ServerProcess> taskManagers = new ArrayList<>();
    private int started;
    private @Nullable ServerProcess jobManager;

    private FlinkCluster(
            Path deploy,
            Path libraries,
            Map<String, String> overrides,
            Map<String, String> environment,
            Jit jit) {
        this.jit = jit;
        this.settings = deploy.toAbsolutePath().resolve("flink");
        this.libraries = classPath(libraries);
        this.environment = environment;
        this.folder = Folders.temporary("tributary-flink-");
        this.overrides = new TreeMap<>();
        this.overrides.put("jobmanager.rpc.port", Integer.toString(Folders.freePort()));
        this.overrides.put("rest.port", Integer.toString(Folders.freePort()));
        this.overrides.put("execution.checkpointing.dir", stateFolder("checkpoints"));
        this.overrides.put("execution.checkpointing.savepoint-dir", stateFolder("savepoints"));
        this.overrides.put("metrics.reporter.prometheus.port", "0");
        this.overrides.put("io.tmp.dirs", folder.toString());
        this.overrides.put("jobmanager.rpc.address", "127.0.0.1");
        this.overrides.put("jobmanager.bind-host", "127.0.0.1");
        this.overrides.put("rest.address", "127.0.0.1");
        this.overrides.put("taskmanager.bind-host", "127.0.0.1");
        this.overrides.put("taskmanager.host", "127.0.0.1");
        this.overrides.put("rest.bind-address", "127.0.0.1");
        this.overrides.putAll(overrides);
    }

    /**
     * Starts a JobManager and returns when it answers; it has no TaskManager yet.
     *
     * @param deploy the repository's folder of that name
     * @param libraries folder with the jars of Flink, among others
     * @param overrides settings instead of those of {@code flink/config.yaml}
     * @param environment variables of the JobManager, where main methods run
     */
    public static FlinkCluster start(
            Path deploy,
            Path libraries,
            Map<String, String> overrides,
            Map<String, String> environment,
            Jit jit)
            throws InterruptedException {
        FlinkCluster cluster = new FlinkCluster(deploy, libraries, overrides, environment, jit);
        try {
            cluster.startJobManager();
            return cluster;
        } catch (RuntimeException | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    /** Of the REST interface and the web page. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + overrides.get("rest.port"));
    }

    /** Starts one more TaskManager; it registers by and by. */
    public void startTaskManager() {
        Configuration config = effective();
        TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(config);
        List<String> jvm = words(ProcessMemoryUtils.generateJvmParametersStr(memory));
        List<String> arguments = new ArrayList<>(List.of("--configDir", settings.toString()));
        arguments.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
        started++;
        arguments.addAll(List.of("-D", "taskmanager.resource-id=taskmanager-" + started));
        taskManagers.add(
                ServerProcess.start(
                        "TaskManager",
                        java(TaskManagerRunner.class, config, jvm, arguments),
                        log("taskmanager-" + started)));
    }

    /** Ends the oldest TaskManager as a loss of power would (kill -9). */
    public void killTaskManager() throws InterruptedException {
        taskManagers.remove(0).kill();
    }

    /** Ends all processes and deletes what they wrote. */
    @Override
    public void close() throws InterruptedException {
        for (ServerProcess taskManager : taskManagers) {
            taskManager.kill();
        }
        taskManagers.clear();
        if (jobManager != null) {
            jobManager.kill();
        }
        Folders.delete(folder);
    }

    private void startJobManager() throws InterruptedException {
        Configuration config = effective();
        JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(config);
        List<String> jvm = words(JobManagerProcessUtils.generateJvmParametersStr(memory, config));
        List<String> arguments = new ArrayList<>(List.of("--configDir", settings.toString()));
        arguments.addAll(words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
        ProcessBuilder command =
                java(StandaloneSessionClusterEntrypoint.class, config, jvm, arguments);
        command.environment().putAll(environment);
        ServerProcess process = ServerProcess.start("JobManager", command, log("jobmanager"));
        jobManager = process;
        FlinkRest rest = new FlinkRest(url());
        process.awaitReady(() -> rest.freeSlots() >= 0, START);
    }

    private Configuration effective() {
        return GlobalConfiguration.loadConfiguration(
                settings.toString(), Configuration.fromMap(overrides));
    }

    private ProcessBuilder java(
            Class<?> main, Configuration config, List<String> jvm, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(words(config.get(CoreOptions.FLINK_JVM_OPTIONS)));
        if (main == TaskManagerRunner.class) {
            command.addAll(words(config.get(CoreOptions.FLINK_TM_JVM_OPTIONS)));
        }
        command.add("-XX:+UseSerialGC");
        command.addAll(jit.options());
        command.add("-Dlog4j2.configurationFile=" + settings.resolve("log4j-console.properties"));
        command.add(main.getName());
        command.addAll(arguments);
        overrides.forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("CLASSPATH", libraries);
        return builder;
    }

    private Path log(String process) {
        return folder.resolve(process + ".log");
    }

    private String stateFolder(String name) {
        return folder.resolve(name).toUri().toString();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }

    private static String classPath(Path libraries) {
        try (Stream<Path> jars = Files.list(libraries.toAbsolutePath())) {
            String found =
                    jars.filter(FlinkCluster::isInDistribution)
                            .map(Path::toString)
                            .sorted()
                            .collect(Collectors.joining(File.pathSeparator));
            if (!found.contains("flink-runtime-")) {
                throw new IllegalStateException("there is no Flink in " + libraries);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInDistribution(Path jar) {
        String name = Objects.requireNonNull(jar.getFileName()).toString();
        return DISTRIBUTION.stream().anyMatch(name::startsWith);
    }
}

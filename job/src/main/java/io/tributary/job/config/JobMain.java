package io.tributary.job.config;

/** What the main methods share: bad configuration ends the process with status 2. */
public final class JobMain {

    public static final int BAD_CONFIGURATION = 2;

    /** The rest of a main method. */
    public interface Body {
        void run(JobConfig config) throws Exception;
    }

    private JobMain() {}

    /**
     * Reads the configuration and runs {@code body}.
     *
     * <p>In a process of its own a {@link ConfigException} is printed and ends it with status 2.
     * Started by Flink, whose process must live on, the exception is thrown.
     *
     * @param main the class with the main method
     */
    public static void run(Class<?> main, String[] args, Body body) throws Exception {
        try {
            body.run(JobConfig.of(args, System.getenv()));
        } catch (ConfigException e) {
            if (main.getClassLoader() != ClassLoader.getSystemClassLoader()) {
                throw e;
            }
            System.err.println(main.getSimpleName() + ": " + e.getMessage());
            System.exit(BAD_CONFIGURATION);
        }
    }
}

package io.tributary.job.config;

import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import io.tributary.ingest.IdentifierSecret;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * One job's options. Later wins: defaults, {@code --config FILE}, environment, {@code --key value}.
 *
 * <p>A file is YAML with flat keys or, with any other ending than .yaml and .yml, Java properties.
 * The environment variable of an option is TRIBUTARY_ and its key in capitals, every other
 * character as underscore. A key that is no option is an error, unless it is a Kafka client
 * property.
 */
public final class JobConfig {

    /** Holds the key of the pseudonyms itself; never an argument, which other users could see. */
    public static final String SECRET_VARIABLE = "TRIBUTARY_SECRET";

    private static final String VARIABLE_PREFIX = "TRIBUTARY_";
    private static final String KAFKA_PREFIX = "kafka.";

    /** Client properties that exactly-once and the options above decide. */
    private static final Set<String> FIXED_CLIENT_PROPERTIES =
            Set.of(
                    "transaction.timeout.ms",
                    "transactional.id",
                    "isolation.level",
                    "enable.auto.commit",
                    "auto.offset.reset",
                    "key.serializer",
                    "value.serializer",
                    "key.deserializer",
                    "value.deserializer");

    private final TreeMap<String, String> raw;
    private final Configuration values;
    private final TreeMap<String, String> kafka;
    private final Map<String, String> secretVariable;

    private JobConfig(TreeMap<String, String> raw, Map<String, String> environment) {
        this.raw = raw;
        this.values = new Configuration();
        this.kafka = new TreeMap<>();
        this.secretVariable = new TreeMap<>(environment);
        this.secretVariable.keySet().retainAll(Set.of(SECRET_VARIABLE));
        raw.forEach(this::put);
        TributaryOptions.ALL.forEach(this::check);
        kafka.put("bootstrap.servers", get(TributaryOptions.KAFKA_BOOTSTRAP_SERVERS));
    }

    /**
     * Reads the configuration of a main method.
     *
     * @throws ConfigException for a key that is no option, a value of the wrong kind, an unreadable
     *     file
     */
    public static JobConfig of(String[] args, Map<String, String> environment) {
        TreeMap<String, String> given = arguments(args);
        TreeMap<String, String> raw = new TreeMap<>();
        String file = given.remove("config");
        if (file != null) {
            raw.putAll(read(Path.of(file)));
        }
        for (ConfigOption<?> option : TributaryOptions.ALL) {
            String value = environment.get(variable(option));
            if (value != null) {
                raw.put(option.key(), value);
            }
        }
        raw.putAll(given);
        return new JobConfig(raw, environment);
    }

    /** For callers that build a pipeline themselves. */
    public static JobConfig of(Map<String, String> options) {
        return new JobConfig(new TreeMap<>(options), Map.of());
    }

    /** The environment variable that sets {@code option}. */
    public static String variable(ConfigOption<?> option) {
        return VARIABLE_PREFIX + option.key().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** What was set, by key, for an operator that makes its own copy with {@link #of(Map)}. */
    public TreeMap<String, String> options() {
        return new TreeMap<>(raw);
    }

    public <T> T get(ConfigOption<T> option) {
        return values.get(option);
    }

    public <T> Optional<T> find(ConfigOption<T> option) {
        return values.getOptional(option);
    }

    /** The guarantee for interventions, which may differ from the rest. */
    public DeliveryGuarantee interventionsGuarantee() {
        return find(TributaryOptions.INTERVENTIONS_DELIVERY_GUARANTEE)
                .orElse(get(TributaryOptions.DELIVERY_GUARANTEE));
    }

    /** What every Kafka client is given: brokers, security and whatever else was set as kafka.*. */
    public Properties kafkaClient() {
        Properties properties = new Properties();
        kafka.forEach(properties::setProperty);
        return properties;
    }

    /**
     * The value of an option that may also stand in a file: {@code direct} wins.
     *
     * @throws ConfigException if the file cannot be read or is empty
     */
    public Optional<String> secret(ConfigOption<String> direct, ConfigOption<String> file) {
        return find(direct).or(() -> find(file).map(path -> readSecret(file.key(), path)));
    }

    /** Whether a key of the pseudonyms is given. */
    public boolean hasPseudonymSecret() {
        return find(TributaryOptions.SECRET_FILE).isPresent() || !secretVariable.isEmpty();
    }

    /**
     * The key of the pseudonyms: the file of {@code secret.file}, else the environment's.
     *
     * @throws ConfigException if there is neither, or it is too short
     */
    public IdentifierSecret pseudonymSecret() {
        try {
            Optional<String> file = find(TributaryOptions.SECRET_FILE);
            return file.isPresent()
                    ? IdentifierSecret.fromFile(Path.of(file.get()))
                    : IdentifierSecret.fromEnvironment(secretVariable, SECRET_VARIABLE);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    private void put(String key, String value) {
        boolean known = TributaryOptions.ALL.stream().anyMatch(option -> option.key().equals(key));
        if (known) {
            values.setString(key, value);
        } else if (key.startsWith(KAFKA_PREFIX) && key.length() > KAFKA_PREFIX.length()) {
            String property = key.substring(KAFKA_PREFIX.length());
            if (FIXED_CLIENT_PROPERTIES.contains(property)) {
                throw new ConfigException("'" + key + "' is decided by other options");
            }
            kafka.put(property, value);
        } else {
            throw new ConfigException("unknown option '" + key + "'");
        }
    }

    private void check(ConfigOption<?> option) {
        try {
            values.getOptional(option);
        } catch (IllegalArgumentException e) {
            String given = String.valueOf(values.toMap().get(option.key()));
            throw new ConfigException(
                    "'" + given + "' is no value for '" + option.key() + "': " + innermost(e), e);
        }
    }

    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static TreeMap<String, String> arguments(String[] args) {
        TreeMap<String, String> given = new TreeMap<>();
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (!arg.startsWith("--")) {
                throw new ConfigException("expected --key value, not '" + arg + "'");
            }
            int equals = arg.indexOf('=');
            if (equals > 0) {
                given.put(arg.substring(2, equals), arg.substring(equals + 1));
            } else if (i + 1 < args.length) {
                given.put(arg.substring(2), args[++i]);
            } else {
                throw new ConfigException("'" + arg + "' has no value");
            }
        }
        return given;
    }

    private static Map<String, String> read(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigException("cannot read the configuration file " + file, e);
        }
        String name = file.toString();
        return name.endsWith(".yaml") || name.endsWith(".yml")
                ? yaml(name, text)
                : properties(name, text);
    }

    private static Map<String, String> yaml(String name, String text) {
        Problems problems = new Problems();
        TreeMap<String, String> read = new TreeMap<>();
        YamlNode.parse(name, text, problems)
                .ifPresent(
                        root -> {
                            if (!root.isMapping()) {
                                problems.add(root, "expected flat 'key: value' lines");
                            }
                            root.entries().forEach((key, value) -> put(read, key, value, problems));
                        });
        if (!problems.isEmpty()) {
            throw new ConfigException(String.valueOf(problems.sorted().get(0)));
        }
        return read;
    }

    private static void put(
            Map<String, String> read, String key, YamlNode value, Problems problems) {
        if (value.isSequence()) {
            read.put(key, String.join(",", value.items().stream().map(YamlNode::text).toList()));
        } else if (value.isScalar() && !value.isNull()) {
            read.put(key, value.text());
        } else {
            problems.add(value, "'" + key + "' needs a plain value; keys are flat, such as a.b: c");
        }
    }

    private static Map<String, String> properties(String name, String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(name + " is no properties file", e);
        }
        TreeMap<String, String> read = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> read.put(key, properties.getProperty(key)));
        return read;
    }

    private static String readSecret(String key, String path) {
        try {
            String text = Files.readString(Path.of(path), StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                throw new ConfigException("the file of '" + key + "' is empty: " + path);
            }
            return text;
        } catch (IOException e) {
            throw new ConfigException("cannot read the file of '" + key + "': " + path, e);
        }
    }
}

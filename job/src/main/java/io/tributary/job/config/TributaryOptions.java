package io.tributary.job.config;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.tributary.customer.CustomerLimits;
import io.tributary.identity.IdentityOperator;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * Every option of the jobs. {@code docs/configuration.md} lists them; a test compares the two.
 *
 * <p>Beside these any {@code kafka.<property>} is handed to the Kafka clients as {@code
 * <property>}.
 */
public final class TributaryOptions {

    public static final ConfigOption<String> DEFINITIONS_DIR =
            key("definitions.dir")
                    .stringType()
                    .defaultValue("definitions")
                    .withDescription(
                            "Folder with patterns, journeys, events, sources, identity and"
                                    + " policy.");

    public static final ConfigOption<String> DEFINITIONS_BUNDLE =
            key("definitions.bundle")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The definitions themselves, packed by tributary submit and upgrade;"
                                    + " definitions.dir is then not read.");

    public static final ConfigOption<String> SECRET_FILE =
            key("secret.file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "File with the key of the pseudonyms. The environment variable"
                                    + " TRIBUTARY_SECRET may hold the key itself instead.");

    public static final ConfigOption<Duration> STATE_HORIZON =
            key("state.horizon")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription("How long, in event time, a customer's events are kept.");

    public static final ConfigOption<Duration> STATE_WINDOW_MAX =
            key("state.window.max")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Longest window of a definition that may be deployed while the job"
                                + " runs, at most state.horizon; events may be late by the"
                                + " difference. The longest window of the definitions at start if"
                                + " not set.");

    public static final ConfigOption<Integer> CUSTOMER_CACHE =
            key("customer.cache")
                    .intType()
                    .defaultValue(CustomerLimits.DEFAULT.cached())
                    .withDescription(
                            "Most customers that each subtask keeps on the heap, 5 to 20 kB each."
                                    + " Best above the number active within a session's length.");

    public static final ConfigOption<Integer> IDENTITY_CACHE =
            key("identity.cache")
                    .intType()
                    .defaultValue(IdentityOperator.CACHED)
                    .withDescription(
                            "Most identifiers that each subtask of an identity layer keeps on the"
                                    + " heap.");

    public static final ConfigOption<Integer> CUSTOMER_EVENTS_MAX =
            key("customer.events.max")
                    .intType()
                    .defaultValue(CustomerLimits.DEFAULT.events())
                    .withDescription(
                            "Most events of one customer within the horizon. What comes after them"
                                    + " is quarantined: it goes to the rejected topic.");

    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
            key("checkpoint.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "Time between checkpoints. Exactly-once output becomes visible at a"
                                    + " checkpoint.");

    public static final ConfigOption<Duration> BUFFER_TIMEOUT =
            key("buffer.timeout")
                    .durationType()
                    .defaultValue(Duration.ZERO)
                    .withDescription(
                            "How long a record waits, between two tasks, for others to go with it."
                                    + " With 0 s it never waits, and still goes with others while"
                                    + " the next task is busy.");

    public static final ConfigOption<DeliveryGuarantee> DELIVERY_GUARANTEE =
            key("delivery.guarantee")
                    .enumType(DeliveryGuarantee.class)
                    .defaultValue(DeliveryGuarantee.EXACTLY_ONCE)
                    .withDescription(
                            "exactly-once or at-least-once, for every topic that the job writes.");

    public static final ConfigOption<DeliveryGuarantee> INTERVENTIONS_DELIVERY_GUARANTEE =
            key("interventions.delivery.guarantee")
                    .enumType(DeliveryGuarantee.class)
                    .noDefaultValue()
                    .withDescription(
                            "The guarantee for interventions alone; as delivery.guarantee if not"
                                + " set. With at-least-once an offer leaves at once, and a crash"
                                + " can leave offers of one checkpoint interval that the ledger"
                                + " does not know.");

    public static final ConfigOption<Duration> WATERMARK_DELAY =
            key("watermark.delay")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription("How far the watermark stays behind the newest event time.");

    public static final ConfigOption<Duration> WATERMARK_QUIET =
            key("watermark.quiet")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "How long a live partition has to be quiet, without lag, before the"
                                    + " wall clock advances its watermark.");

    public static final ConfigOption<Duration> WATERMARK_PROBE_INTERVAL =
            key("watermark.probe.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "How often a live source asks the broker whether it lags behind.");

    public static final ConfigOption<StartingPoint> SOURCE_START =
            key("source.start")
                    .enumType(StartingPoint.class)
                    .defaultValue(StartingPoint.COMMITTED)
                    .withDescription(
                            "Where a source of events begins without a checkpoint: committed (the"
                                    + " group's offset, else the oldest record), earliest or"
                                    + " latest. The index then reads everything again.");

    public static final ConfigOption<String> TOPICS_PREFIX =
            key("topics.prefix")
                    .stringType()
                    .defaultValue("tributary-")
                    .withDescription("What the names of all output topics begin with.");

    public static final ConfigOption<String> KAFKA_BOOTSTRAP_SERVERS =
            key("kafka.bootstrap.servers")
                    .stringType()
                    .defaultValue("127.0.0.1:9092")
                    .withDescription("Kafka brokers, host:port, separated by commas.");

    public static final ConfigOption<String> KAFKA_GROUP_ID =
            key("kafka.group.id")
                    .stringType()
                    .defaultValue("tributary")
                    .withDescription(
                            "Consumer group to which sources commit their offsets, followed by -"
                                    + " and the name of the source.");

    public static final ConfigOption<Duration> KAFKA_TRANSACTION_TIMEOUT =
            key("kafka.transaction.timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(15))
                    .withDescription(
                            "After this the broker aborts an open transaction: longer than the"
                                    + " checkpoint interval and the longest restart, at most the"
                                    + " broker's transaction.max.timeout.ms.");

    public static final ConfigOption<String> KAFKA_TRANSACTIONAL_ID_PREFIX =
            key("kafka.transactional-id-prefix")
                    .stringType()
                    .defaultValue("tributary")
                    .withDescription(
                            "What transactional ids begin with; different for each job on one"
                                    + " Kafka cluster.");

    public static final ConfigOption<String> ELASTICSEARCH_URLS =
            key("elasticsearch.urls")
                    .stringType()
                    .defaultValue("http://127.0.0.1:9200")
                    .withDescription(
                            "Elasticsearch or OpenSearch nodes, separated by commas; tried in"
                                    + " turn.");

    public static final ConfigOption<String> ELASTICSEARCH_API_KEY =
            key("elasticsearch.api-key")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("API key, as its encoded form; excludes a user name.");

    public static final ConfigOption<String> ELASTICSEARCH_API_KEY_FILE =
            key("elasticsearch.api-key.file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("File that holds the API key.");

    public static final ConfigOption<String> ELASTICSEARCH_USERNAME =
            key("elasticsearch.username")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("User name for basic authentication.");

    public static final ConfigOption<String> ELASTICSEARCH_PASSWORD =
            key("elasticsearch.password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Password for basic authentication.");

    public static final ConfigOption<String> ELASTICSEARCH_PASSWORD_FILE =
            key("elasticsearch.password.file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("File that holds the password.");

    public static final ConfigOption<String> ELASTICSEARCH_CA_CERTIFICATE =
            key("elasticsearch.ca-certificate")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "PEM file with the certificates to trust for https; the JDK's own if"
                                    + " not set. Host names are always verified.");

    public static final ConfigOption<String> ELASTICSEARCH_INDEX_PREFIX =
            key("elasticsearch.index.prefix")
                    .stringType()
                    .defaultValue("tributary-")
                    .withDescription(
                            "What the names of indices, aliases and templates begin with.");

    public static final ConfigOption<Integer> ELASTICSEARCH_BATCH_RECORDS =
            key("elasticsearch.batch.records")
                    .intType()
                    .defaultValue(500)
                    .withDescription("Most documents in one bulk request.");

    public static final ConfigOption<MemorySize> ELASTICSEARCH_BATCH_BYTES =
            key("elasticsearch.batch.bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(5))
                    .withDescription("Size at which a bulk request is sent.");

    public static final ConfigOption<Integer> ELASTICSEARCH_BUFFER_RECORDS =
            key("elasticsearch.buffer.records")
                    .intType()
                    .defaultValue(5000)
                    .withDescription(
                            "Most documents that wait in one writer; when it is full, reading"
                                    + " stops until Elasticsearch takes some.");

    public static final ConfigOption<Integer> ELASTICSEARCH_REQUESTS_IN_FLIGHT =
            key("elasticsearch.requests.in-flight")
                    .intType()
                    .defaultValue(2)
                    .withDescription("Most bulk requests of one writer under way at once.");

    public static final ConfigOption<Duration> ELASTICSEARCH_LINGER =
            key("elasticsearch.linger")
                    .durationType()
                    .defaultValue(Duration.ofMillis(500))
                    .withDescription("How long a document waits for its batch to fill.");

    public static final ConfigOption<Duration> ELASTICSEARCH_REQUEST_TIMEOUT =
            key("elasticsearch.request.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription("A request without a whole answer after this is sent again.");

    public static final ConfigOption<Duration> ELASTICSEARCH_BACKOFF_INITIAL =
            key("elasticsearch.backoff.initial")
                    .durationType()
                    .defaultValue(Duration.ofMillis(200))
                    .withDescription("Wait before the first repetition; doubles with each.");

    public static final ConfigOption<Duration> ELASTICSEARCH_BACKOFF_MAX =
            key("elasticsearch.backoff.max")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription("Longest wait between repetitions, which never end.");

    public static final List<ConfigOption<?>> ALL =
            List.of(
                    DEFINITIONS_DIR,
                    DEFINITIONS_BUNDLE,
                    SECRET_FILE,
                    STATE_HORIZON,
                    STATE_WINDOW_MAX,
                    CUSTOMER_CACHE,
                    IDENTITY_CACHE,
                    CUSTOMER_EVENTS_MAX,
                    CHECKPOINT_INTERVAL,
                    BUFFER_TIMEOUT,
                    DELIVERY_GUARANTEE,
                    INTERVENTIONS_DELIVERY_GUARANTEE,
                    WATERMARK_DELAY,
                    WATERMARK_QUIET,
                    WATERMARK_PROBE_INTERVAL,
                    SOURCE_START,
                    TOPICS_PREFIX,
                    KAFKA_BOOTSTRAP_SERVERS,
                    KAFKA_GROUP_ID,
                    KAFKA_TRANSACTION_TIMEOUT,
                    KAFKA_TRANSACTIONAL_ID_PREFIX,
                    ELASTICSEARCH_URLS,
                    ELASTICSEARCH_API_KEY,
                    ELASTICSEARCH_API_KEY_FILE,
                    ELASTICSEARCH_USERNAME,
                    ELASTICSEARCH_PASSWORD,
                    ELASTICSEARCH_PASSWORD_FILE,
                    ELASTICSEARCH_CA_CERTIFICATE,
                    ELASTICSEARCH_INDEX_PREFIX,
                    ELASTICSEARCH_BATCH_RECORDS,
                    ELASTICSEARCH_BATCH_BYTES,
                    ELASTICSEARCH_BUFFER_RECORDS,
                    ELASTICSEARCH_REQUESTS_IN_FLIGHT,
                    ELASTICSEARCH_LINGER,
                    ELASTICSEARCH_REQUEST_TIMEOUT,
                    ELASTICSEARCH_BACKOFF_INITIAL,
                    ELASTICSEARCH_BACKOFF_MAX);

    private TributaryOptions() {}
}

package io.tributary.job.config;

/**
 * The uids under which operators keep their state, for ever: a savepoint finds its operator by
 * them. A name that was used once is never given to another operator.
 */
public final class OperatorIds {

    public static final String INGEST_ROUTE = "ingest-route";
    public static final String IDENTITY_ACCOUNT = "identity-account";
    public static final String CUSTOMER = "customer";
    public static final String COALESCE = "customer-documents";
    public static final String LEDGER = "ledger";
    public static final String METRIC = "metric";

    /** Number of key groups, for ever: state is split by it. */
    public static final int MAX_PARALLELISM = 720;

    private OperatorIds() {}

    /** The source of {@code sources.yaml} with this name. */
    public static String ingest(String source) {
        return "ingest-" + source;
    }

    /** The stateless step that turns changes into metric deltas. */
    public static String count(String what) {
        return "count-" + what;
    }

    /** The step that adds up the deltas of one kind and holds them until the next watermark. */
    public static String metricLocal(String of) {
        return "metric-local-" + of;
    }

    /** The stateless step that gives a document its outward form. */
    public static String document(String what) {
        return "document-" + what;
    }

    /** Whether the operator with this uid keeps nothing, so that a savepoint may do without it. */
    public static boolean isStateless(String uid) {
        return uid.startsWith(count(""))
                || uid.startsWith(document(""))
                || uid.startsWith(metricLocal(""))
                || uid.equals(INGEST_ROUTE);
    }

    /** The sink of an output, named by its topic without prefix. */
    public static String sink(String topic) {
        return "sink-" + topic;
    }
}

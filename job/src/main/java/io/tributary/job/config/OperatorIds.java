package io.tributary.job.config;

import io.tributary.event.Namespace;

/**
 * The uids under which operators keep their state, for ever: a savepoint finds its operator by
 * them. A name that was used once is never given to another operator.
 */
public final class OperatorIds {

    public static final String INGEST_ROUTE = "ingest-route";
    public static final String IDENTITY_CLAIMS = "identity-claims";
    public static final String IDENTITY_ALIAS = "identity-alias";
    public static final String IDENTITY_ACCOUNT = "identity-account";
    public static final String IDENTITY_ERASURES = "identity-erasures";
    public static final String RECEIPTS = "receipts";
    public static final String DEFINITIONS = "definitions";
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

    /**
     * The identity layer of a namespace. Each rank has a layer of its own, so that what a claim
     * moves only ever flows upward; there is one account namespace.
     */
    public static String identity(Namespace namespace) {
        return switch (namespace.tier()) {
            case DEVICE -> "identity-device-" + namespace.name();
            case CONTACT -> "identity-contact-" + namespace.name();
            case ACCOUNT -> IDENTITY_ACCOUNT;
        };
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

    /** The stateless step that picks what erasures delete. */
    public static String erased(String what) {
        return "pick-" + what;
    }

    /** Whether the operator with this uid keeps nothing, so that a savepoint may do without it. */
    public static boolean isStateless(String uid) {
        return uid.startsWith(count(""))
                || uid.startsWith(document(""))
                || uid.startsWith(metricLocal(""))
                || uid.startsWith(erased(""))
                || uid.equals(IDENTITY_ERASURES)
                || uid.equals(INGEST_ROUTE)
                || uid.equals(IDENTITY_CLAIMS);
    }

    /** The sink of an output, named by its topic without prefix. */
    public static String sink(String topic) {
        return "sink-" + topic;
    }
}

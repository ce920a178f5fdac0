package io.tributary.local.cluster;

/** What the cluster did not do; the message says why, and how to go on where that is not plain. */
final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClusterException(String message) {
        super(message);
    }

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}

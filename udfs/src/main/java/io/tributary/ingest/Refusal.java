package io.tributary.ingest;

/** Ends the reading of one message. The detail names fields and places, never a value. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;
    private final String detail;

    Refusal(RejectionReason reason, String detail) {
        super(reason + ": " + detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    RejectionReason reason() {
        return reason;
    }

    String detail() {
        return detail;
    }
}

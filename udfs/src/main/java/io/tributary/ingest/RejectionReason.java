package io.tributary.ingest;

import java.util.Locale;

/** Why a record, or a part of a batch, did not become an event. */
public enum RejectionReason {
    /** The record has no value and its headers are no CloudEvent. */
    TOMBSTONE,
    /** More bytes than the source allows. */
    TOO_LARGE,
    /** Bytes that are not UTF-8, such as a cut-off character. */
    NOT_UTF8,
    /** Text that is not one JSON value. */
    NOT_JSON,
    /** Objects and lists nested deeper than {@link StrictJson#DEEPEST}. */
    TOO_DEEP,
    /** NaN, Infinity, or a number beyond the range of a double. */
    NOT_A_NUMBER,
    /** An object that names a field twice. */
    DUPLICATE_KEY,
    /** A batch without a single event. */
    EMPTY_BATCH,
    /** Neither Segment nor CloudEvents, and the source has no mapping. */
    UNKNOWN_FORMAT,
    /** A field of the envelope is not of the type that its format asks for. */
    WRONG_TYPE,
    /** A CloudEvent without id or source. */
    MISSING_ID,
    /** Nothing tells what happened. */
    MISSING_TYPE,
    /** A type that no event may have, or one that the source is told to refuse. */
    UNKNOWN_TYPE,
    /** No identifier that stands for somebody. */
    MISSING_IDENTIFIER,
    /** Nothing tells when it happened. */
    MISSING_TIME,
    /** A time that cannot be read, or before 1970. */
    TIME_INVALID,
    /** The first instant of 1970: an unset clock. */
    EPOCH_ZERO,
    /** A time before March 1973: seconds where milliseconds were meant. */
    SECONDS_FOR_MILLISECONDS,
    /** More than 24 hours after it was received. */
    TIME_IN_FUTURE,
    /** A defect of the decoder; the record is kept, the job goes on. */
    INTERNAL,
    /** The customer has more events within the horizon than a person can have. */
    QUARANTINED,
    /** Older than the horizon allows when it came. It goes to the late output. */
    LATE;

    /** As it is written in outputs and metrics: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

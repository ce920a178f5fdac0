package io.tributary.ingest;

/** An identifier as a message has it: never stored, never logged. */
record RawIdentifier(String namespace, String value) {

    /** Without the value. */
    @Override
    public String toString() {
        return namespace;
    }
}

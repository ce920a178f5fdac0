package io.tributary.ingest;

/** Finds in a message what an event is made of. */
interface MessageFormat {

    /** Whether the message is plainly written in this format. */
    boolean claims(Part part);

    /**
     * @throws Refusal if the message is not what the format asks for
     */
    Message read(Part part);
}

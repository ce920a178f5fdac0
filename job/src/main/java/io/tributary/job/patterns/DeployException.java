package io.tributary.job.patterns;

/** Something that a command cannot go on after; its message is for the user. */
final class DeployException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeployException(String message) {
        super(message);
    }

    DeployException(String message, Throwable cause) {
        super(message, cause);
    }
}

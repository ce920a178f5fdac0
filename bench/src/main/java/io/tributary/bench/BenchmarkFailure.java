package io.tributary.bench;

/** What was compared is not the same, so the numbers would mean nothing. */
final class BenchmarkFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchmarkFailure(String message) {
        super(message);
    }
}

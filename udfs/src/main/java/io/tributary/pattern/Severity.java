package io.tributary.pattern;

/** How much a pain point hurts the customer. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}

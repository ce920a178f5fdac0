package io.tributary.event;

import java.io.Serializable;
import java.util.SortedMap;

/** The declared type of an event property in {@code events.yaml}. */
public sealed interface PropertyType extends Serializable {

    /** A single value. */
    enum Scalar implements PropertyType {
        STRING,
        /** Free text: e-mail addresses, phone and card numbers in it are masked. */
        TEXT,
        INTEGER,
        NUMBER,
        BOOLEAN,
        /** ISO-8601 instant, kept as {@link EventTime} writes it. */
        TIMESTAMP
    }

    /** Any number of values of one type; written {@code [string]}. */
    record ListOf(PropertyType element) implements PropertyType {}

    /** An object with declared fields; written as a mapping. */
    record ObjectOf(SortedMap<String, PropertyType> fields) implements PropertyType {}
}

package io.tributary.customer;

import io.tributary.definition.Definitions;
import java.util.TreeMap;

/** A small shop: one journey, one positive pattern, one absence, one that skips. */
final class TestDefinitions {

    private static final String EVENTS =
            """
            events:
              product_viewed: {properties: {sku: string}}
              product_added: {properties: {cart_id: string, value: number}}
              checkout_started: {properties: {cart_id: string}}
              order_completed: {properties: {order_id: string}}
              call_started: {properties: {matter: string}}
              consent_updated: {properties: {purpose: string, channel: string, granted: boolean}}
            """;

    private static final String JOURNEY =
            """
            id: purchase
            expires: 1d
            stages:
              - {id: browsing, enterOn: [product_viewed]}
              - {id: cart, enterOn: [product_added], reenter: true}
              - {id: checkout, enterOn: [checkout_started]}
              - {id: ordered, enterOn: [order_completed], goal: true}
            """;

    private static final String POLICY =
            """
            version: 1
            channels: [web, voice]
            """;

    private static final String CALLS =
            """
            id: three-calls
            version: 1
            name: Three calls
            severity: medium
            sequence:
              - {as: calls, on: call_started, times: 3}
            within: 6h
            skip: past_last_event
            intervention: {action: callback, channels: [voice], expires: 1h, cooldown: 2h}
            """;

    private static final String ABANDONED =
            """
            id: abandoned
            version: 1
            name: Abandoned
            severity: high
            sequence:
              - {as: cart, on: product_added, where: "event.properties.value >= 50"}
              - {as: checkout, followedBy: checkout_started}
              - {notFollowedBy: order_completed, within: 30m}
            within: 2h
            skip: past_last_event
            intervention: {action: proactive_chat, channels: [web], expires: 10m}
            """;

    private static final String LOOPING =
            """
            id: looping
            version: 1
            name: Looking around
            severity: low
            sequence:
              - {as: looks, on: product_viewed, oneOrMore: true}
              - {as: leaves, followedBy: call_started}
            within: 1h
            skip: past_last_event
            """;

    private TestDefinitions() {}

    static Definitions shop() {
        TreeMap<String, Definitions.SourceFile> files = new TreeMap<>();
        put(files, "events.yaml", EVENTS);
        put(files, "policy.yaml", POLICY);
        put(files, "journeys/purchase.yaml", JOURNEY);
        put(files, "patterns/three-calls.yaml", CALLS);
        put(files, "patterns/abandoned.yaml", ABANDONED);
        put(files, "patterns/looping.yaml", LOOPING);
        return Definitions.of(files);
    }

    private static void put(
            TreeMap<String, Definitions.SourceFile> files, String path, String text) {
        files.put(path, new Definitions.SourceFile(path, text));
    }
}

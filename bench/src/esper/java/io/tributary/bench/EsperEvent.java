package io.tributary.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;

/** An event as statements see it: a bean with the properties they ask for. */
public final class EsperEvent {

    private final String customer;
    private final CustomerEvent event;

    EsperEvent(Assignment assignment) {
        this.customer = assignment.customer();
        this.event = assignment.event();
    }

    public String getCustomer() {
        return customer;
    }

    public String getType() {
        return event.type();
    }

    public String getId() {
        return event.id();
    }

    public String getCart() {
        return text("cart_id");
    }

    public String getCheckout() {
        return text("checkout_id");
    }

    public String getMatter() {
        return text("matter");
    }

    public String getOrderId() {
        return text("order_id");
    }

    public String getCaseId() {
        return text("case_id");
    }

    public String getCallId() {
        return text("call_id");
    }

    public String getOutcome() {
        return text("outcome");
    }

    public int getStep() {
        return event.properties().path("step").asInt();
    }

    public double getValue() {
        return number("value");
    }

    public double getRating() {
        return number("rating");
    }

    public double getScore() {
        return number("score");
    }

    public double getSentiment() {
        return number("sentiment");
    }

    private double number(String name) {
        return event.properties().path(name).asDouble();
    }

    private String text(String name) {
        JsonNode value = event.properties().path(name);
        return value.isMissingNode() ? "" : value.asText();
    }
}

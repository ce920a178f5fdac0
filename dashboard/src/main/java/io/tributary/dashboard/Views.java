package io.tributary.dashboard;

import static io.tributary.dashboard.Elasticsearch.buckets;
import static io.tributary.dashboard.Query.allOf;
import static io.tributary.dashboard.Query.anyOf;
import static io.tributary.dashboard.Query.array;
import static io.tributary.dashboard.Query.byId;
import static io.tributary.dashboard.Query.counts;
import static io.tributary.dashboard.Query.from;
import static io.tributary.dashboard.Query.newestFirst;
import static io.tributary.dashboard.Query.object;
import static io.tributary.dashboard.Query.search;
import static io.tributary.dashboard.Query.term;
import static io.tributary.dashboard.Query.wrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the page shows, each view one method: a few searches, one JSON object. */
final class Views {

    /** Minutes that the summary looks back from the newest one that has events. */
    static final int MINUTES = 60;

    static final int LATEST = 50;

    /** Pain points and decisions that a customer's timeline goes back. */
    static final int OF_CUSTOMER = 500;

    private static final int MOST_VALUES = 100;
    private static final long MINUTE = 60_000;

    private final Elasticsearch elasticsearch;

    Views(Elasticsearch elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    /**
     * {@code {asOf, minutes: [{start, channels: {web: 12}}], painPoints: {detected: 3}, decisions:
     * {offered: 2}, customers}}; times in epoch milliseconds, {@code asOf} null while there are no
     * events.
     */
    ObjectNode summary() {
        ObjectNode summary = object();
        Long newest = newest(Elasticsearch.METRICS, term("name", "events"), "start");
        summary.put("asOf", newest);
        summary.set("minutes", newest == null ? array() : minutes(newest));
        summary.set("painPoints", byStatus(Elasticsearch.PAIN_POINTS));
        summary.set("decisions", byStatus(Elasticsearch.DECISIONS));
        summary.put(
                "customers",
                Elasticsearch.total(elasticsearch.search(Elasticsearch.CUSTOMERS, search(0))));
        return summary;
    }

    private @Nullable Long newest(String alias, ObjectNode query, String field) {
        ObjectNode body = search(0);
        body.set("query", query);
        body.set("aggs", wrap("newest", wrap("max", object().put("field", field))));
        JsonNode newest =
                elasticsearch.search(alias, body).path("aggregations").path("newest").path("value");
        return newest.isNumber() ? newest.asLong() : null;
    }

    private ArrayNode minutes(long newest) {
        ObjectNode perMinute =
                object().put("field", "start").put("fixed_interval", "1m").put("min_doc_count", 1);
        ObjectNode channels = counts("dimensions.channel", MOST_VALUES);
        channels.set("aggs", wrap("events", wrap("sum", object().put("field", "value"))));
        ObjectNode histogram = wrap("date_histogram", perMinute);
        histogram.set("aggs", wrap("channels", channels));
        ObjectNode body = search(0);
        body.set(
                "query",
                allOf(term("name", "events"), from("start", newest - (MINUTES - 1) * MINUTE)));
        body.set("aggs", wrap("minutes", histogram));
        JsonNode answer = elasticsearch.search(Elasticsearch.METRICS, body).path("aggregations");
        ArrayNode minutes = array();
        for (JsonNode minute : buckets(answer, "minutes")) {
            ObjectNode counted = object();
            for (JsonNode channel : buckets(minute, "channels")) {
                counted.put(
                        channel.path("key").asText(),
                        channel.path("events").path("value").asLong());
            }
            minutes.addObject().put("start", minute.path("key").asLong()).set("channels", counted);
        }
        return minutes;
    }

    private ObjectNode byStatus(String alias) {
        ObjectNode body = search(0);
        body.set("aggs", wrap("status", counts("status", MOST_VALUES)));
        return countsOf(elasticsearch.search(alias, body).path("aggregations"), "status");
    }

    private static ObjectNode countsOf(JsonNode parent, String aggregation) {
        ObjectNode counted = object();
        for (JsonNode bucket : buckets(parent, aggregation)) {
            counted.put(bucket.path("key").asText(), bucket.path("doc_count").asLong());
        }
        return counted;
    }

    /**
     * {@code {total, definitions: [{pattern, status: {detected: 3}}], latest: [pain point]}}, the
     * definition with the most first.
     */
    ObjectNode painPoints() {
        ObjectNode perPattern = counts("pattern", MOST_VALUES);
        perPattern.set("aggs", wrap("status", counts("status", MOST_VALUES)));
        ObjectNode body = search(LATEST);
        body.set("sort", newestFirst("detectedAt"));
        body.set("aggs", wrap("patterns", perPattern));
        JsonNode answer = elasticsearch.search(Elasticsearch.PAIN_POINTS, body);
        ObjectNode view = listed(answer);
        ArrayNode definitions = view.putArray("definitions");
        for (JsonNode pattern : buckets(answer.path("aggregations"), "patterns")) {
            definitions
                    .addObject()
                    .put("pattern", pattern.path("key").asText())
                    .set("status", countsOf(pattern, "status"));
        }
        return view;
    }

    /**
     * {@code {start, end, step, definitions: [{pattern, severity, status: {detected: 3}, counts:
     * [{start, count}]}]}}: what was detected in the period up to the newest one, in steps of time
     * that have any. Times and {@code step} in milliseconds; {@code start} and {@code end} (which
     * is excluded) are null while nothing was ever detected.
     */
    ObjectNode painPointsOverTime(Period period) {
        Long newest = newest(Elasticsearch.PAIN_POINTS, term("status", "detected"), "detectedAt");
        long end = newest == null ? 0 : period.endAfter(newest);
        ObjectNode perStep =
                object().put("field", "detectedAt")
                        .put("fixed_interval", period.interval())
                        .put("min_doc_count", 1);
        ObjectNode detected =
                wrap(
                        "filter",
                        allOf(
                                term("status", "detected"),
                                from("detectedAt", end - period.length())));
        detected.set("aggs", wrap("steps", wrap("date_histogram", perStep)));
        ObjectNode parts = object();
        parts.set("status", counts("status", MOST_VALUES));
        parts.set("severity", counts("severity", 1));
        parts.set("period", detected);
        ObjectNode perPattern = counts("pattern", MOST_VALUES);
        perPattern.set("aggs", parts);
        ObjectNode body = search(0);
        body.set("aggs", wrap("definitions", perPattern));
        JsonNode answer =
                elasticsearch.search(Elasticsearch.PAIN_POINTS, body).path("aggregations");
        ObjectNode view = object().put("step", period.step());
        view.put("start", newest == null ? null : Long.valueOf(end - period.length()));
        view.put("end", newest == null ? null : Long.valueOf(end));
        ArrayNode definitions = view.putArray("definitions");
        buckets(answer, "definitions").forEach(pattern -> definitions.add(definition(pattern)));
        return view;
    }

    private static ObjectNode definition(JsonNode bucket) {
        ObjectNode definition = object().put("pattern", bucket.path("key").asText());
        definition.put("severity", buckets(bucket, "severity").path(0).path("key").asText());
        definition.set("status", countsOf(bucket, "status"));
        ArrayNode counts = definition.putArray("counts");
        for (JsonNode step : buckets(bucket.path("period"), "steps")) {
            counts.addObject()
                    .put("start", step.path("key").asLong())
                    .put("count", step.path("doc_count").asLong());
        }
        return definition;
    }

    /** {@code {total, reasons: {cooldown: 4}, latest: [decision]}}. */
    ObjectNode decisions() {
        ObjectNode body = search(LATEST);
        body.set("sort", newestFirst("decidedAt"));
        body.set("aggs", wrap("reasons", counts("reason", MOST_VALUES)));
        JsonNode answer = elasticsearch.search(Elasticsearch.DECISIONS, body);
        ObjectNode view = listed(answer);
        view.set("reasons", countsOf(answer.path("aggregations"), "reasons"));
        return view;
    }

    /**
     * {@code {customer, painPoints: [...], decisions: [...]}}, newest first, at most {@value
     * #OF_CUSTOMER} of each.
     *
     * @param id customer id, or one of the customer's identifiers, such as {@code user_id:3f2a…}
     * @return empty if no such customer is known
     */
    Optional<ObjectNode> customer(String id) {
        ObjectNode body = search(1);
        body.set("query", anyOf(byId(id), term("identifiers", id)));
        List<JsonNode> found =
                Elasticsearch.documents(elasticsearch.search(Elasticsearch.CUSTOMERS, body));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        JsonNode customer = found.get(0);
        String customerId = customer.path("id").asText();
        ObjectNode view = object();
        view.set("customer", customer);
        view.set("painPoints", ofCustomer(Elasticsearch.PAIN_POINTS, customerId, "detectedAt"));
        view.set("decisions", ofCustomer(Elasticsearch.DECISIONS, customerId, "decidedAt"));
        return Optional.of(view);
    }

    private ArrayNode ofCustomer(String alias, String customer, String time) {
        ObjectNode body = search(OF_CUSTOMER);
        body.set("query", term("customer", customer));
        body.set("sort", newestFirst(time));
        return array(Elasticsearch.documents(elasticsearch.search(alias, body)));
    }

    private static ObjectNode listed(JsonNode answer) {
        ObjectNode view = object().put("total", Elasticsearch.total(answer));
        view.set("latest", array(Elasticsearch.documents(answer)));
        return view;
    }
}

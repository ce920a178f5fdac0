package io.tributary.local.traffic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.event.EventTime;
import io.tributary.local.traffic.Script.As;
import io.tributary.local.traffic.Script.Call;
import io.tributary.local.traffic.Script.Step;
import io.tributary.local.traffic.Traffic.Occurrence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Writes an event as its channel would send it through Segment: web and mobile with the device's
 * clock and anonymous id, the others from a server with the contact that the channel knows.
 */
final class EventWriter {

    private static final Map<String, String> LIBRARIES =
            Map.of("web", "analytics.js", "mobile", "analytics-android");
    private static final int SESSION_BITS = 8;

    private final JsonFactory json = new ObjectMapper().getFactory();
    private final long idBase;

    /**
     * @param seed of the traffic; part of every message id
     */
    EventWriter(long seed) {
        this.idBase = Dice.mix(seed);
    }

    /** One JSON object, UTF-8, without a line break. */
    byte[] write(Occurrence event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(640);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            writeHead(event, out);
            writeTimes(event, out);
            writeContext(event, out);
            writeValues(event, out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void writeHead(Occurrence event, JsonGenerator out) throws IOException {
        Step step = event.step();
        Person person = event.session().person();
        out.writeStringField("type", step.call().name().toLowerCase(Locale.ROOT));
        if (step.call() == Call.TRACK) {
            out.writeStringField("event", step.name());
        } else if (step.call() != Call.IDENTIFY) {
            out.writeStringField("name", step.name());
        }
        out.writeStringField("messageId", messageId(event));
        out.writeStringField("channel", step.channel());
        if (step.channel().equals("web")) {
            out.writeStringField("anonymousId", person.browser());
        } else if (step.channel().equals("mobile")) {
            out.writeStringField("anonymousId", person.phoneApp());
        }
        if (step.as() == As.USER) {
            out.writeStringField("userId", person.userId());
        }
    }

    /** Unique: the mix is a bijection, and so is session and step to a number. */
    String messageId(Occurrence event) {
        long number = (event.session().number() << SESSION_BITS) + event.stepIndex();
        return new UUID(idBase, Dice.mix(number + 1)).toString();
    }

    /** By Segment's rule timestamp = receivedAt - (sentAt - originalTimestamp). */
    private static void writeTimes(Occurrence event, JsonGenerator out) throws IOException {
        boolean device = LIBRARIES.containsKey(event.step().channel());
        long skew = device ? event.session().person().clockSkew() : 0;
        out.writeStringField("originalTimestamp", EventTime.format(event.time() + skew));
        out.writeStringField("sentAt", EventTime.format(event.arrival() + skew));
        out.writeStringField("receivedAt", EventTime.format(event.arrival()));
        out.writeStringField("timestamp", EventTime.format(event.time()));
    }

    private static void writeContext(Occurrence event, JsonGenerator out) throws IOException {
        String channel = event.step().channel();
        Person person = event.session().person();
        out.writeObjectFieldStart("context");
        out.writeObjectFieldStart("library");
        out.writeStringField("name", LIBRARIES.getOrDefault(channel, "analytics-java"));
        out.writeEndObject();
        out.writeStringField("locale", "en-GB");
        out.writeObjectFieldStart("location");
        out.writeStringField("city", person.city());
        out.writeEndObject();
        switch (channel) {
            case "voice" -> writeTrait("phone", person.phone(), out);
            case "email", "survey", "crm" -> writeTrait("email", person.email(), out);
            case "store" -> writeExternalId("loyalty_card", person.loyaltyCard(), out);
            case "social" -> writeExternalId("social_handle", person.socialHandle(), out);
            default -> {
                // the anonymous id says it all
            }
        }
        out.writeEndObject();
    }

    private static void writeTrait(String name, String value, JsonGenerator out)
            throws IOException {
        out.writeObjectFieldStart("traits");
        out.writeStringField(name, value);
        out.writeEndObject();
    }

    private static void writeExternalId(String type, String id, JsonGenerator out)
            throws IOException {
        out.writeArrayFieldStart("externalIds");
        out.writeStartObject();
        out.writeStringField("id", id);
        out.writeStringField("type", type);
        out.writeStringField("collection", "users");
        out.writeStringField("encoding", "none");
        out.writeEndObject();
        out.writeEndArray();
    }

    private static void writeValues(Occurrence event, JsonGenerator out) throws IOException {
        Step step = event.step();
        Map<String, JsonNode> values = event.session().values().fill(step.properties());
        if (step.call() == Call.IDENTIFY) {
            Person person = event.session().person();
            out.writeObjectFieldStart("traits");
            out.writeStringField("email", person.email());
            out.writeStringField("name", person.name());
            out.writeStringField("phone", person.phone());
        } else {
            out.writeObjectFieldStart("properties");
        }
        for (Map.Entry<String, JsonNode> value : values.entrySet()) {
            out.writeFieldName(value.getKey());
            out.writeTree(value.getValue());
        }
        out.writeEndObject();
    }
}
